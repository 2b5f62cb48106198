import { asApp, route, type Route } from '@forge/api';
import type { CommitAddress } from '../domain/ports/bitbucket';
import type { ReportAddress } from '../domain/ports/code-insights';
import { placeOf } from './bitbucket-path';

function send(path: Route, method: 'PUT' | 'POST' | 'DELETE', signal: AbortSignal, body?: unknown) {
  return asApp().requestBitbucket(path, {
    method,
    signal,
    ...(body !== undefined && {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    }),
  });
}

/** Writes to a commit through the platform, always as the app, so that nothing stops when a person leaves. */
export function createCodeInsightsTransport() {
  return {
    putReport(address: ReportAddress, body: unknown, signal: AbortSignal) {
      const [workspace, repository] = placeOf(address);
      return send(
        route`/2.0/repositories/${workspace}/${repository}/commit/${address.hash}/reports/${address.reportId}`,
        'PUT',
        signal,
        body,
      );
    },
    postAnnotations(address: ReportAddress, body: unknown, signal: AbortSignal) {
      const [workspace, repository] = placeOf(address);
      return send(
        route`/2.0/repositories/${workspace}/${repository}/commit/${address.hash}/reports/${address.reportId}/annotations`,
        'POST',
        signal,
        body,
      );
    },
    deleteAnnotation(address: ReportAddress, externalId: string, signal: AbortSignal) {
      const [workspace, repository] = placeOf(address);
      return send(
        route`/2.0/repositories/${workspace}/${repository}/commit/${address.hash}/reports/${address.reportId}/annotations/${externalId}`,
        'DELETE',
        signal,
      );
    },
    deleteReport(address: ReportAddress, signal: AbortSignal) {
      const [workspace, repository] = placeOf(address);
      return send(
        route`/2.0/repositories/${workspace}/${repository}/commit/${address.hash}/reports/${address.reportId}`,
        'DELETE',
        signal,
      );
    },
    postBuildStatus(address: CommitAddress, body: unknown, signal: AbortSignal) {
      const [workspace, repository] = placeOf(address);
      return send(
        route`/2.0/repositories/${workspace}/${repository}/commit/${address.hash}/statuses/build`,
        'POST',
        signal,
        body,
      );
    },
  };
}
