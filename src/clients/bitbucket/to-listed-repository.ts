import { withoutBraces } from '../../domain/identifiers';
import type { ListedRepository } from '../../domain/ports/bitbucket';
import type { RepositoriesAnswer } from './schema';

/** What does not say that it is public counts as private: nothing of it is shown to more people by mistake. */
export function toListedRepository(answer: RepositoriesAnswer['values'][number]): ListedRepository {
  const {
    uuid,
    name,
    full_name: fullName,
    is_private: isPrivate,
    size,
    mainbranch,
    parent,
  } = answer;
  return {
    repositoryUuid: withoutBraces(uuid),
    name,
    slug: fullName.split('/')[1] ?? name,
    isPrivate: isPrivate !== false,
    isFork: parent !== null && parent !== undefined,
    ...(mainbranch?.name !== undefined && { mainBranch: mainbranch.name }),
    ...(size !== undefined && { sizeBytes: size }),
  };
}
