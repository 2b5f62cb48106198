import type { CommitAddress } from '../../domain/ports/bitbucket';
import type { CodeInsights, ReportAddress } from '../../domain/ports/code-insights';
import { RemoteNotFoundError } from '../../errors/remote-errors';
import type { Http } from '../http/http';
import type { HttpResponse } from '../http/response';
import { toCall } from './calls';
import { toAnnotationBody, toBuildStatusBody, toReportBody } from './to-code-insights';

/** Sends the writes; paths are built where the platform's `route` template is. */
export interface CodeInsightsTransport {
  putReport(address: ReportAddress, body: unknown, signal: AbortSignal): Promise<HttpResponse>;
  postAnnotations(
    address: ReportAddress,
    body: unknown,
    signal: AbortSignal,
  ): Promise<HttpResponse>;
  deleteAnnotation(
    address: ReportAddress,
    externalId: string,
    signal: AbortSignal,
  ): Promise<HttpResponse>;
  deleteReport(address: ReportAddress, signal: AbortSignal): Promise<HttpResponse>;
  postBuildStatus(
    address: CommitAddress,
    body: unknown,
    signal: AbortSignal,
  ): Promise<HttpResponse>;
}

/** Reports, annotations and statuses. All of them are upserts, so a failed call is tried again. */
export function createCodeInsights({
  http,
  transport,
}: {
  readonly http: Http;
  readonly transport: CodeInsightsTransport;
}): CodeInsights {
  return {
    putReport: (address, report) =>
      http.send(
        toCall('putReport', (signal) => transport.putReport(address, toReportBody(report), signal)),
      ),
    postAnnotations: (address, annotations) =>
      http.send(
        toCall('postAnnotations', (signal) =>
          transport.postAnnotations(address, annotations.map(toAnnotationBody), signal),
        ),
      ),
    deleteAnnotation: (address, externalId) =>
      unlessGone(
        http.send(
          toCall('deleteAnnotation', (signal) =>
            transport.deleteAnnotation(address, externalId, signal),
          ),
        ),
      ),
    deleteReport: (address) =>
      unlessGone(
        http.send(toCall('deleteReport', (signal) => transport.deleteReport(address, signal))),
      ),
    postBuildStatus: (address, status) =>
      http.send(
        toCall('postBuildStatus', (signal) =>
          transport.postBuildStatus(address, toBuildStatusBody(status), signal),
        ),
      ),
  };
}

async function unlessGone(deleting: Promise<void>): Promise<void> {
  try {
    await deleting;
  } catch (error) {
    if (!(error instanceof RemoteNotFoundError)) throw error;
  }
}
