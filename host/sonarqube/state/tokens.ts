import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { TokenOptions } from '../types';
import { json } from './json-column';
import type { Rows } from './rows';

const TokenRow = z
  .object({
    name: z.string(),
    kind: z.enum(['user', 'analysis', 'project-analysis', 'organization']),
    projects: json(z.array(z.string()).readonly()).nullable(),
    expires_at: z.number().nullable(),
    login: z.string().nullable(),
    organization: z.string().nullable(),
    created_at: z.number().nullable(),
  })
  .transform(({ expires_at: expiresAt, created_at: createdAt, ...row }) => ({
    ...row,
    expiresAt,
    createdAt,
  }));
/** `projects` null: every project; `expiresAt` null: never; `login` null: of the built-in user. */
export type Token = Readonly<z.output<typeof TokenRow>>;

export interface Tokens {
  /** Answers the clear token, which is stored nowhere. */
  issue(name: string, prefix: string, createdAt: number, options: TokenOptions): string;
  find(clearToken: string): Token | undefined;
  /** Oldest first. */
  listOf(login: string | null): readonly Token[];
  revoke(clearToken: string): void;
}

function digest(clearToken: string): string {
  return createHash('sha256').update(clearToken).digest('hex');
}

export function createTokens(rows: Rows): Tokens {
  return {
    issue(name, prefix, createdAt, options) {
      const {
        kind = 'user',
        projects,
        expiresAt = null,
        user = null,
        organization = null,
      } = options;
      const clearToken = `${prefix}${randomBytes(20).toString('hex')}`;
      rows.run(
        `INSERT INTO sonarqube_token
           (digest, name, kind, projects, expires_at, login, organization, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[digest(clearToken), name, kind, projects ? JSON.stringify(projects) : null],
        ...[expiresAt, user, organization, createdAt],
      );
      return clearToken;
    },
    find: (clearToken) =>
      rows.find(TokenRow, 'SELECT * FROM sonarqube_token WHERE digest = ?', digest(clearToken)),
    listOf: (login) =>
      rows.list(
        TokenRow,
        "SELECT * FROM sonarqube_token WHERE coalesce(login, '') = ? ORDER BY rowid",
        login ?? '',
      ),
    revoke(clearToken) {
      rows.run('DELETE FROM sonarqube_token WHERE digest = ?', digest(clearToken));
    },
  };
}
