import type { Binding } from '../../domain/binding';
import type { BindingStore } from '../../domain/ports/stores';
import { AppError } from '../../errors/app-error';

/** Tries of a change that others' changes of the same binding get in the way of. */
const mostTries = 5;

/**
 * Changes the binding of a repository on top of whatever is stored at the moment; `change` answers `undefined` when there
 * is nothing left to do, and is called again when somebody else was first.
 * @throws {AppError} CONFLICT when others are first again and again.
 */
export async function changeBinding(
  bindings: BindingStore,
  repositoryUuid: string,
  change: (current: Binding | undefined) => Binding | undefined,
): Promise<Binding | undefined> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const current = await bindings.find(repositoryUuid);
    const next = change(current);
    if (!next) return current;
    if (await bindings.save(next, current?.sequence)) return next;
  }
  throw new AppError(
    'CONFLICT',
    'Others are changing the bindings of this repository at the same moment. Look at them and try again.',
  );
}
