import * as z from 'zod/mini';

/** A UUID as Bitbucket gives it to pages: with braces. */
const BracedUuid = z.string().check(z.regex(/^\{[0-9a-f-]{36}\}$/i));

/** Input that names a repository. It is a claim: every procedure proves the caller's right to it first. */
export const RepositoryClaim = z.strictObject({ repositoryUuid: BracedUuid });

/** Input that names a pull request; a claim as well. */
export const PullRequestClaim = z.strictObject({
  repositoryUuid: BracedUuid,
  pullRequestId: z.int().check(z.positive()),
});

/** Nothing is asked. */
export const NoInput = z.strictObject({});

/** A text that a person typed, cut at the length that a field allows. */
export const typedText = (maximum: number) => z.string().check(z.maxLength(maximum));

/** A token in an input: write-only, at most as long as any service's tokens are. */
export const TokenInput = z.string().check(z.minLength(1), z.maxLength(4096));
