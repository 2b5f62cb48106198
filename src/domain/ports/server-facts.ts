import type { ServerAccess } from '../connection';

/** What a server says of itself and of the token. */
export interface ServerFacts {
  /** The server's own word, such as `community`; absent on SonarQube Cloud and where a server does not tell. */
  readonly edition?: string | undefined;
  /** Whether it analyses pull requests. */
  readonly hasPullRequests: boolean;
  /** The address that the server puts into its own messages; absent when nobody set one. */
  readonly baseUrl?: string | undefined;
  /** ISO 8601; absent when the token has no end or the server does not tell. */
  readonly tokenExpiresAt?: string | undefined;
}

/** Asks a server about itself. @throws {RemoteError} when it cannot tell. */
export type ReadServerFacts = (access: ServerAccess) => Promise<ServerFacts>;

/** Lines of code that count for a licence. */
export interface Usage {
  readonly lines: number;
  /** Absent where the server does not tell. */
  readonly limit?: number | undefined;
}

/** `undefined` when the server does not report it to this token. @throws {RemoteError} when it cannot tell. */
export type ReadUsage = (access: ServerAccess) => Promise<Usage | undefined>;
