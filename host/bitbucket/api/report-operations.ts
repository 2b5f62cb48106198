import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { AnnotationRecord, CommitPlace, ReportRecord } from '../code-insights-store';
import type { Live, Schemas } from '../published';
import { restTimestamp } from '../timestamps';
import { withBraces } from '../uuids';
import type { ApiContext, Call, Handlers } from './call';
import { AnnotationInput, CodeInsightsLimits, ReportInput } from './code-insights-input';
import { ApiError, notFound } from './errors';
import type { Lookup } from './lookup';
import { pageLimits, pageOf } from './pagination';

const COMMIT = '/repositories/{workspace}/{repo_slug}/commit/{commit}';
type ReportHandlers = Pick<
  Handlers,
  | `GET ${typeof COMMIT}/reports`
  | `${'GET' | 'PUT' | 'DELETE'} ${typeof COMMIT}/reports/{reportId}`
  | `${'GET' | 'POST'} ${typeof COMMIT}/reports/{reportId}/annotations`
  | `${'GET' | 'DELETE'} ${typeof COMMIT}/reports/{reportId}/annotations/{annotationId}`
>;
type CommitCall = Pick<Call, 'viewer' | 'request'> & {
  readonly params: { readonly workspace: string; readonly repo_slug: string; commit: string };
};

/** Reports of a commit and their annotations. Every write is an upsert by the caller's own id. */
export function createReportOperations(context: ApiContext, lookup: Lookup): ReportHandlers {
  const { codeInsights, clock } = context;

  async function placeOf(call: CommitCall): Promise<CommitPlace> {
    const repository = lookup.repository(call);
    const commit = await lookup.commit(repository, call.params.commit);
    return { repositoryUuid: repository.uuid, commit };
  }

  function getReport(place: CommitPlace, reportId: string): ReportRecord {
    // By the caller's own id, or by the UUID that Bitbucket gave it.
    const found = codeInsights
      .reports(place)
      .find((report) => report.reportId === reportId || report.uuid === reportId);
    if (!found) throw notFound(`Report ${reportId} not found`);
    return found;
  }

  function getAnnotation(place: CommitPlace, reportId: string, annotationId: string) {
    const found = codeInsights
      .annotations(place, reportId)
      .find(({ externalId, uuid }) => externalId === annotationId || uuid === annotationId);
    if (!found) throw notFound(`Annotation ${annotationId} not found`);
    return found;
  }

  return {
    [`GET ${COMMIT}/reports` as const]: async (call: CommitCall & Pick<Call, 'url'>) =>
      pageOf(
        call.url,
        pageLimits.standard,
        codeInsights.reports(await placeOf(call)).map(toReport),
      ),

    [`GET ${COMMIT}/reports/{reportId}` as const]: async (call: WithReport) =>
      toReport(getReport(await placeOf(call), call.params.reportId)),

    [`PUT ${COMMIT}/reports/{reportId}` as const]: async (call: WithReport) => {
      const place = await placeOf(call);
      requireWriter(call);
      const input = ReportInput.safeParse(await bodyOf(call.request));
      if (!input.success) return flat(problemOf(input.error));
      const { title, details, report_type, result, reporter, link, logo_url, data } = input.data;
      const { reportId } = call.params;
      const known = codeInsights.reports(place).find((report) => report.reportId === reportId);
      const now = clock.now();
      const record: ReportRecord = {
        reportId,
        uuid: known?.uuid ?? withBraces(randomUUID()),
        title,
        details,
        result,
        reportType: report_type,
        reporter,
        link,
        logoUrl: logo_url,
        data,
        createdAt: known?.createdAt ?? now,
        updatedAt: now,
      };
      codeInsights.saveReport(place, record);
      return toReport(record);
    },

    [`DELETE ${COMMIT}/reports/{reportId}` as const]: async (call: WithReport) => {
      const place = await placeOf(call);
      requireWriter(call);
      codeInsights.deleteReport(place, call.params.reportId);
      return new Response(null, { status: 204 });
    },

    [`GET ${COMMIT}/reports/{reportId}/annotations` as const]: async (
      call: WithReport & Pick<Call, 'url'>,
    ) => {
      const place = await placeOf(call);
      const { reportId } = getReport(place, call.params.reportId);
      const listed = codeInsights.annotations(place, reportId).map(toAnnotation);
      return pageOf(call.url, pageLimits.standard, listed);
    },

    [`POST ${COMMIT}/reports/{reportId}/annotations` as const]: async (call: WithReport) => {
      const place = await placeOf(call);
      requireWriter(call);
      const { reportId } = getReport(place, call.params.reportId);
      const body = await bodyOf(call.request);
      if (Array.isArray(body) && body.length > CodeInsightsLimits.annotationsPerRequest)
        return flat('Bulk upload supports a maximum of /100 annotations.');
      const input = z.array(AnnotationInput).min(1).safeParse(body);
      if (!input.success) return flat(problemOf(input.error));
      const known = new Map(
        codeInsights.annotations(place, reportId).map((each) => [each.externalId, each]),
      );
      const ids = new Set(input.data.map(({ external_id }) => external_id));
      if (ids.size < input.data.length) return flat('external_id must be unique.');
      const total = new Set([...known.keys(), ...ids]).size;
      if (total > CodeInsightsLimits.annotationsPerReport)
        return flat('A report has a maximum of 1000 annotations.');
      const now = clock.now();
      const records = input.data.map((each) => toRecord(each, known.get(each.external_id), now));
      codeInsights.saveAnnotations(place, reportId, records);
      return Response.json(records.map(toAnnotation));
    },

    [`GET ${COMMIT}/reports/{reportId}/annotations/{annotationId}` as const]: async (
      call: WithAnnotation,
    ) => {
      const place = await placeOf(call);
      const { reportId } = getReport(place, call.params.reportId);
      return toAnnotation(getAnnotation(place, reportId, call.params.annotationId));
    },

    [`DELETE ${COMMIT}/reports/{reportId}/annotations/{annotationId}` as const]: async (
      call: WithAnnotation,
    ) => {
      const place = await placeOf(call);
      requireWriter(call);
      const { reportId, annotationId } = call.params;
      codeInsights.deleteAnnotation(place, reportId, annotationId);
      return new Response(null, { status: 204 });
    },
  };
}

type WithReport = CommitCall & { readonly params: { readonly reportId: string } };
type WithAnnotation = WithReport & { readonly params: { readonly annotationId: string } };

/** Who is not signed in may read a public repository and write nothing. @throws {ApiError} 401 */
export function requireWriter({ viewer }: Pick<Call, 'viewer'>): void {
  if (viewer.kind === 'anonymous') throw new ApiError(401, 'Access token is missing or invalid.');
}

export async function bodyOf(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    return undefined;
  }
}

/** The reports service answers its refusals in a form of its own (bitbucket.md 6). */
function flat(message: string): Response {
  return Response.json({ code: 400, message }, { status: 400 });
}

export function problemOf(error: z.ZodError): string {
  return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join(' ');
}

function toRecord(
  input: z.infer<typeof AnnotationInput>,
  known: AnnotationRecord | undefined,
  now: number,
): AnnotationRecord {
  const { external_id: externalId, annotation_type: annotationType, ...rest } = input;
  return {
    externalId,
    annotationType,
    ...rest,
    uuid: known?.uuid ?? withBraces(randomUUID()),
    createdAt: known?.createdAt ?? now,
    updatedAt: now,
  };
}

function toReport(record: ReportRecord): Live<Schemas['report']> {
  const { reportId, uuid, title, details, result, reportType, reporter, link, logoUrl } = record;
  return {
    type: 'report',
    uuid,
    external_id: reportId,
    title,
    details,
    report_type: reportType as 'BUG',
    data: record.data as Live<Schemas['report']>['data'],
    ...(result !== undefined && { result }),
    ...(reporter !== undefined && { reporter }),
    ...(link !== undefined && { link }),
    ...(logoUrl !== undefined && { logo_url: logoUrl }),
    created_on: restTimestamp(record.createdAt),
    updated_on: restTimestamp(record.updatedAt),
  } as Live<Schemas['report']>;
}

function toAnnotation(record: AnnotationRecord): Live<Schemas['report_annotation']> {
  const { externalId, annotationType, uuid, createdAt, updatedAt, ...rest } = record;
  return {
    type: 'report_annotation',
    external_id: externalId,
    uuid,
    annotation_type: annotationType,
    ...rest,
    created_on: restTimestamp(createdAt),
    updated_on: restTimestamp(updatedAt),
  } as Live<Schemas['report_annotation']>;
}
