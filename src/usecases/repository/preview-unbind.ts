import { findBound, toActive, withoutProject, type ProjectAddress } from '../../domain/binding';
import type { BindingStore } from '../../domain/ports/stores';
import { AppError } from '../../errors/app-error';

export type PreviewUnbind = (
  input: ProjectAddress & { readonly repositoryUuid: string },
) => Promise<{ readonly sentences: string[] }>;

/** What unbinding a project touches and what it leaves. @throws {AppError} NOT_FOUND when it is not bound. */
export function createPreviewUnbind({
  bindings,
}: {
  readonly bindings: BindingStore;
}): PreviewUnbind {
  return async ({ repositoryUuid, ...address }) => {
    const binding = await bindings.find(repositoryUuid);
    const project = findBound(binding, address);
    if (!binding || !project) {
      throw new AppError(
        'NOT_FOUND',
        'This project is not bound to the repository any more. Reload the page.',
      );
    }
    const isLast = !toActive(withoutProject(binding, address));
    return {
      sentences: [
        isLast
          ? 'Pull requests of this repository will say that no project is bound, and what was stored of their verdicts is deleted.'
          : `Pull requests will no longer show "${project.projectName}"; the other projects go on deciding.`,
        'Its reports are taken back from the pull requests, and its build statuses are closed.',
        'The project, its analyses and its settings stay on the server as they are.',
        'The project can then be bound to another repository, or to this one again.',
      ],
    };
  };
}
