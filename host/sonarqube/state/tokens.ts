import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { TokenOptions } from '../types';
import { json } from './json-column';
import type { Rows } from './rows';

const TokenRow = z
  .object({
    name: z.string(),
    kind: z.enum(['user', 'analysis']),
    projects: json(z.array(z.string()).readonly()).nullable(),
    expires_at: z.number().nullable(),
  })
  .transform(({ expires_at: expiresAt, ...row }) => ({ ...row, expiresAt }));
/** `projects` null: every project; `expiresAt` null: never. */
export type Token = Readonly<z.output<typeof TokenRow>>;

export interface Tokens {
  /** Answers the clear token, which is stored nowhere. */
  issue(name: string, prefix: string, options: TokenOptions): string;
  find(clearToken: string): Token | undefined;
  revoke(clearToken: string): void;
}

function digest(clearToken: string): string {
  return createHash('sha256').update(clearToken).digest('hex');
}

export function createTokens(rows: Rows): Tokens {
  return {
    issue(name, prefix, { kind = 'user', projects, expiresAt }) {
      const clearToken = `${prefix}${randomBytes(20).toString('hex')}`;
      rows.run(
        'INSERT INTO sonarqube_token VALUES (?, ?, ?, ?, ?)',
        digest(clearToken),
        name,
        kind,
        projects ? JSON.stringify(projects) : null,
        expiresAt ?? null,
      );
      return clearToken;
    },
    find: (clearToken) =>
      rows.find(TokenRow, 'SELECT * FROM sonarqube_token WHERE digest = ?', digest(clearToken)),
    revoke(clearToken) {
      rows.run('DELETE FROM sonarqube_token WHERE digest = ?', digest(clearToken));
    },
  };
}
