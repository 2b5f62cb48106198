import type * as z from 'zod';
import type { CommitInsights } from '../types';
import type { RemoteApi } from './remote-api';
import { Annotation, Report, Status } from './schema';

const most = { reports: 20, annotations: 100, statuses: 50 } as const;

/** Reports, annotations and builds of a commit; `place` is the path of the repository. */
export async function readInsights(
  api: RemoteApi,
  place: string,
  commit: string,
): Promise<CommitInsights> {
  const base = `${place}/commit/${commit}`;
  const [reports, statuses] = await Promise.all([
    api.list(`${base}/reports?pagelen=${most.reports}`, Report, most.reports),
    api.list(`${base}/statuses?pagelen=${most.statuses}`, Status, most.statuses),
  ]);
  const annotated = await Promise.all(
    reports.map(async (report) => {
      const path = `${base}/reports/${encodeURIComponent(report.uuid)}/annotations?pagelen=${most.annotations}`;
      const annotations = await api.list(path, Annotation, most.annotations);
      return { ...toReport(report), annotations: annotations.map(toAnnotation) };
    }),
  );
  return { reports: annotated, statuses: statuses.map(toStatus) };
}

/** Times of the parts are not shown. */
const untold = { createdAt: 0, updatedAt: 0 } as const;

function toReport({
  uuid,
  external_id,
  report_type,
  details,
  data,
  ...rest
}: z.infer<typeof Report>) {
  return {
    ...rest,
    ...untold,
    uuid,
    reportId: external_id ?? uuid,
    reportType: report_type ?? '',
    details: details ?? '',
    data: data ?? [],
  };
}

function toAnnotation({ uuid, external_id, annotation_type, ...rest }: z.infer<typeof Annotation>) {
  return {
    ...rest,
    ...untold,
    uuid,
    externalId: external_id ?? uuid,
    annotationType: annotation_type,
  };
}

function toStatus({ key, state, name, description, url }: z.infer<typeof Status>) {
  return {
    ...untold,
    key,
    state,
    name: name ?? key,
    description: description ?? '',
    url,
    refname: null,
  };
}
