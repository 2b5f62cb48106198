import type { ErrorBody } from './errors';

/** Every procedure answers in this form; a rejected `invoke` means that the platform itself failed. */
export type Reply<T> =
  { readonly ok: true; readonly data: T } | { readonly ok: false; readonly error: ErrorBody };
