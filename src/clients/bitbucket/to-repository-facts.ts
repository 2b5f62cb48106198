import { withoutBraces } from '../../domain/identifiers';
import type { RepositoryFacts } from '../../domain/ports/bitbucket';
import type { RepositoryAnswer } from './schema';

/** Slugs are the two halves of the full name; they change with a rename, the UUID does not (bitbucket.md 12). */
export function toRepositoryFacts(answer: RepositoryAnswer): RepositoryFacts {
  const [workspaceSlug = '', slug = ''] = answer.full_name.split('/');
  const { language, mainbranch, project } = answer;
  return {
    repositoryUuid: withoutBraces(answer.uuid),
    name: answer.name,
    slug,
    workspaceSlug,
    isPrivate: answer.is_private,
    language: language === undefined || language === '' ? undefined : language.toLowerCase(),
    mainBranch: mainbranch?.name,
    projectUuid: project ? withoutBraces(project.uuid) : undefined,
  };
}
