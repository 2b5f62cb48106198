import type {
  DevOpsPlatformInput,
  DevOpsPlatforms,
  OpenDevOpsPlatforms,
} from '../../domain/ports/devops-platforms';
import type { Http } from '../http/http';
import { createCalls, type Calls, type Fetch, type Parameters } from './calls';
import { BindingCount, DevOpsDefinitions, DevOpsValidation } from './schema';

/** Opens the DevOps platform records of a Server (sonarqube.md 12). */
export function createOpenDevOpsPlatforms(options: {
  readonly http: Http;
  readonly fetch: Fetch;
}): OpenDevOpsPlatforms {
  return (access) => createDevOpsPlatforms(createCalls(options.http, options.fetch, access));
}

function createDevOpsPlatforms(calls: Calls): DevOpsPlatforms {
  return {
    async list() {
      const answer = await calls.get('alm_settings/list_definitions', {}, DevOpsDefinitions);
      return [
        ...answer.bitbucketcloud.map((record) => ({ kind: 'bitbucket-cloud' as const, ...record })),
        ...answer.bitbucket.map((record) => ({
          kind: 'bitbucket-data-center' as const,
          ...record,
        })),
      ];
    },
    create: (input) =>
      calls.post(`alm_settings/create_${toPlatform(input)}`, {
        key: input.key,
        ...toParameters(input),
      }),
    update: (key, input) =>
      calls.post(`alm_settings/update_${toPlatform(input)}`, {
        key,
        ...(input.key !== key && { newKey: input.key }),
        ...toParameters(input),
      }),
    async validate(key) {
      const answer = await calls.get('alm_settings/validate', { key }, DevOpsValidation);
      return answer.errors.map(({ msg }) => msg);
    },
    async countBindings(almSetting) {
      const answer = await calls.get('alm_settings/count_binding', { almSetting }, BindingCount);
      return answer.projects;
    },
    delete: (key) => calls.post('alm_settings/delete', { key }),
  };
}

function toPlatform({ kind }: DevOpsPlatformInput): 'bitbucketcloud' | 'bitbucket' {
  return kind === 'bitbucket-cloud' ? 'bitbucketcloud' : 'bitbucket';
}

function toParameters(input: DevOpsPlatformInput): Parameters {
  if (input.kind === 'bitbucket-cloud') {
    const { workspace, clientId, clientSecret } = input;
    return { workspace, clientId, clientSecret };
  }
  return { url: input.url, personalAccessToken: input.personalAccessToken };
}
