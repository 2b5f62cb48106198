import type { ReadServerFacts } from '../../domain/ports/server-facts';
import { RemoteForbiddenError } from '../../errors/remote-errors';
import type { Http } from '../http/http';
import { createCalls, unlessUnknown, type Fetch } from './calls';
import { toIsoDate } from './dates';
import { Features, GlobalNavigation, SettingValues, Validation } from './schema';

const baseUrlKey = 'sonar.core.serverBaseURL';
const pullRequestFeature = 'branch-support';
const expiryHeader = 'SonarQube-Authentication-Token-Expiration';

/** Reads what a server says of itself. Two of the operations are internal to SonarQube and may be missing (sonarqube.md 1). */
export function createReadServerFacts(options: {
  readonly http: Http;
  readonly fetch: Fetch;
}): ReadServerFacts {
  return async (access) => {
    let expiry: string | undefined;
    const calls = createCalls(options.http, options.fetch, access, (headers) => {
      expiry ??= headers.get(expiryHeader) ?? undefined;
    });
    if (access.connection.kind === 'sonarqube-cloud') {
      await calls.get('authentication/validate', {}, Validation);
      return { hasPullRequests: true, tokenExpiresAt: toIsoDate(expiry) };
    }
    const [navigation, features, values] = await Promise.all([
      unlessUnknown(calls.get('navigation/global', {}, GlobalNavigation)),
      unlessUnknown(calls.get('features/list', {}, Features)),
      unlessForbidden(calls.get('settings/values', { keys: baseUrlKey }, SettingValues)),
    ]);
    const edition = navigation?.edition;
    return {
      edition,
      hasPullRequests: features?.includes(pullRequestFeature) ?? edition !== 'community',
      baseUrl: values?.settings.find(({ key }) => key === baseUrlKey)?.value,
      tokenExpiresAt: toIsoDate(expiry),
    };
  };
}

/** A token that may not read the settings says nothing about them. */
async function unlessForbidden<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof RemoteForbiddenError) return undefined;
    throw error;
  }
}
