import type { ReadUsage } from '../../domain/ports/server-facts';
import { RemoteForbiddenError } from '../../errors/remote-errors';
import type { Http } from '../http/http';
import { createCalls, unlessUnknown, type Fetch } from './calls';
import { LicenseUsage } from './schema';

/**
 * Lines of code that count for the licence of a Server. Commercial editions tell administrators, by project, with the part
 * of the limit that each takes; SonarQube Cloud publishes no call for it.
 */
export function createReadUsage(options: {
  readonly http: Http;
  readonly fetch: Fetch;
}): ReadUsage {
  return async (access) => {
    if (access.connection.kind !== 'sonarqube-server') return undefined;
    const calls = createCalls(options.http, options.fetch, access);
    const answer = await unlessUnknown(calls.get('projects/license_usage', {}, LicenseUsage)).catch(
      (error: unknown) => {
        if (error instanceof RemoteForbiddenError) return undefined;
        throw error;
      },
    );
    if (!answer) return undefined;
    const projects = answer.projects.entries;
    const lines = projects.reduce((sum, { linesOfCode }) => sum + linesOfCode, 0);
    // The largest project gives the limit with the least rounding.
    const largest = projects.reduce<(typeof projects)[number] | undefined>(
      (most, each) => (each.linesOfCode > (most?.linesOfCode ?? 0) ? each : most),
      undefined,
    );
    const part = largest?.licenseUsagePercentage ?? 0;
    return {
      lines,
      ...(largest && part > 0 && { limit: Math.round((largest.linesOfCode / part) * 100) }),
    };
  };
}
