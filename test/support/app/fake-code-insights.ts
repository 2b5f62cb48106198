import type { CodeInsights } from '../../../src/domain/ports/code-insights';
import type { Annotation, BuildStatus, Report } from '../../../src/domain/publication';

export type Write =
  | {
      readonly kind: 'report';
      readonly commit: string;
      readonly id: string;
      readonly report: Report;
    }
  | { readonly kind: 'annotations'; readonly commit: string; readonly count: number }
  | { readonly kind: 'delete'; readonly commit: string; readonly externalId: string }
  | { readonly kind: 'status'; readonly commit: string; readonly status: BuildStatus };

/** Code Insights of a repository: what is there, and every write in order. Refuses what Bitbucket refuses. */
export interface FakeCodeInsights extends CodeInsights {
  readonly writes: Write[];
  /** By commit and report id. */
  readonly reports: Map<string, Report>;
  readonly annotations: Map<string, Map<string, Annotation>>;
  /** By commit and key. */
  readonly statuses: Map<string, BuildStatus>;
  /** Called before each write, with its number from 1; what it throws is the answer, and the write is not done. */
  beforeWrite: (write: number) => void;
  /** Called after each write: what it throws is a kill between two calls. */
  afterWrite: (write: number) => void;
  readonly reportIds: () => string[];
}

export function createFakeCodeInsights(): FakeCodeInsights {
  let count = 0;
  const fake: FakeCodeInsights = {
    writes: [],
    reports: new Map(),
    annotations: new Map(),
    statuses: new Map(),
    beforeWrite: () => undefined,
    afterWrite: () => undefined,
    reportIds: () => [...fake.reports.keys()],
    putReport: ({ hash, reportId }, report) =>
      write({ kind: 'report', commit: hash, id: reportId, report }, () => {
        if (report.data.length > 10) throw new Error('A report has at most 10 data fields.');
        fake.reports.set(`${hash} ${reportId}`, report);
      }),
    postAnnotations: ({ hash, reportId }, annotations) =>
      write({ kind: 'annotations', commit: hash, count: annotations.length }, () => {
        const place = `${hash} ${reportId}`;
        if (!fake.reports.has(place)) throw new Error('There is no such report.');
        if (annotations.length > 100) throw new Error('At most 100 annotations are taken at once.');
        const known = fake.annotations.get(place) ?? new Map<string, Annotation>();
        for (const annotation of annotations) known.set(annotation.externalId, annotation);
        if (known.size > 1_000) throw new Error('A report has at most 1,000 annotations.');
        fake.annotations.set(place, known);
      }),
    deleteAnnotation: ({ hash, reportId }, externalId) =>
      write({ kind: 'delete', commit: hash, externalId }, () => {
        fake.annotations.get(`${hash} ${reportId}`)?.delete(externalId);
      }),
    deleteReport: ({ hash, reportId }) =>
      write({ kind: 'delete', commit: hash, externalId: reportId }, () => {
        fake.reports.delete(`${hash} ${reportId}`);
        fake.annotations.delete(`${hash} ${reportId}`);
      }),
    postBuildStatus: ({ hash }, status) =>
      write({ kind: 'status', commit: hash, status }, () => {
        if (status.key.length > 40) throw new Error('A key has at most 40 characters.');
        fake.statuses.set(`${hash} ${status.key}`, status);
      }),
  };

  async function write(entry: Write, act: () => void): Promise<void> {
    await Promise.resolve();
    count += 1;
    fake.beforeWrite(count);
    fake.writes.push(entry);
    act();
    fake.afterWrite(count);
  }
  return fake;
}
