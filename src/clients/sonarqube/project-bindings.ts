import type { OpenProjectBindings, ProjectBindings } from '../../domain/ports/project-bindings';
import type { Http } from '../http/http';
import { createCalls, unlessUnknown, type Calls, type Fetch } from './calls';
import { ProjectBindingAnswer, ProjectBindingList } from './schema';

const pageSize = 100;

/** Opens the bindings of projects that a Server keeps (sonarqube.md 6 and 12). */
export function createOpenProjectBindings(options: {
  readonly http: Http;
  readonly fetch: Fetch;
}): OpenProjectBindings {
  return (access) => createProjectBindings(createCalls(options.http, options.fetch, access));
}

function createProjectBindings(calls: Calls): ProjectBindings {
  return {
    async find(project) {
      const answer = await unlessUnknown(
        calls.get('alm_settings/get_binding', { project }, ProjectBindingAnswer),
      );
      return (
        answer && {
          recordKey: answer.key,
          isBitbucketCloud: answer.alm === 'bitbucketcloud',
          repository: answer.repository ?? '',
          isMonorepo: answer.monorepo ?? false,
        }
      );
    },
    write: (project, { recordKey, repository, isMonorepo }) =>
      calls.post('alm_settings/set_bitbucketcloud_binding', {
        almSetting: recordKey,
        project,
        repository,
        monorepo: String(isMonorepo),
      }),
    remove: (project) => calls.post('alm_settings/delete_binding', { project }),
    async list(page) {
      const answer = await unlessUnknown(
        calls.get(
          'v2/dop-translation/project-bindings',
          { pageIndex: page, pageSize },
          ProjectBindingList,
        ),
      );
      const bindings = (answer?.projectBindings ?? []).flatMap(({ projectKey, repository }) =>
        repository === undefined ? [] : [{ projectKey, repository }],
      );
      return { bindings, hasMore: answer?.projectBindings.length === pageSize };
    },
  };
}
