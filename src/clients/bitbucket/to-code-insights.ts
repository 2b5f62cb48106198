import type { OpenApi } from '@coderabbitai/bitbucket/cloud';
import type { Annotation, BuildStatus, Report } from '../../domain/publication';

type Schemas = OpenApi.components['schemas'];
/** The members that the published document names; the document also allows any other. */
type Published<T> = {
  readonly [K in keyof T as string extends K ? never : K]?: K extends 'data' ? unknown : T[K];
};

/** Our report as Bitbucket takes it (bitbucket.md 9.1). */
export function toReportBody({ title, details, result, link, data }: Report) {
  return {
    title,
    details,
    result,
    report_type: 'BUG',
    reporter: 'Gatehouse',
    ...(link !== undefined && { link }),
    data: data.map((field) => ({ ...field })),
  } as const satisfies Published<Schemas['report']>;
}

/** Our annotation as Bitbucket takes it (bitbucket.md 9.2). */
export function toAnnotationBody(annotation: Annotation) {
  const { externalId, kind, severity, summary, path, line, link } = annotation;
  return {
    external_id: externalId,
    annotation_type: kind,
    severity,
    summary,
    result: 'FAILED',
    ...(path !== undefined && { path }),
    ...(path !== undefined && line !== undefined && { line }),
    ...(link !== undefined && { link }),
  } as const satisfies Published<Schemas['report_annotation']>;
}

/** Our build status as Bitbucket takes it (bitbucket.md 10). */
export function toBuildStatusBody({ key, state, name, description, url, refname }: BuildStatus) {
  return { key, state, name, description, url, refname } satisfies Published<
    Schemas['commitstatus']
  >;
}
