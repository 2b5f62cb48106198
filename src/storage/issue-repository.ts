import * as z from 'zod/mini';
import { Issue } from '../contracts/verdict';
import type { KeyValueStore } from '../domain/ports/key-value-store';
import type { IssueStore } from '../domain/ports/stores';
import { keys, toHash } from './keys';
import { StorageLimits } from './limits';
import { parseRecord } from './parse-record';

const StoredChunk = z.strictObject({
  version: z.literal(1),
  digest: z.string(),
  issues: z.array(Issue),
});

/**
 * Issues in chunks. There are two slots: the new list goes into the one that the record does not name, so that a crash
 * between the writes leaves the old list whole; the digest tells a slot that is being rewritten.
 */
export function createIssueRepository(store: KeyValueStore): IssueStore {
  return {
    async save(address, issues, current) {
      const digest = toHash(JSON.stringify(issues));
      if (current?.digest === digest) return current;
      const slot = current?.slot === 'a' ? 'b' : 'a';
      const chunks = toChunks(issues);
      for (const [index, chunk] of chunks.entries()) {
        await store.set(keys.issues(address, slot, index), { version: 1, digest, issues: chunk });
      }
      return { slot, chunks: chunks.length, digest };
    },

    async find(address, { slot, chunks, digest }) {
      const wanted = Array.from({ length: chunks }, (_, index) =>
        keys.issues(address, slot, index),
      );
      const found = await Promise.all(
        wanted.map(async (key) => {
          const stored = await store.get(key);
          return stored === undefined ? undefined : parseRecord(StoredChunk, key, stored);
        }),
      );
      const issues: Issue[] = [];
      for (const chunk of found) {
        if (chunk?.digest !== digest) return undefined;
        issues.push(...chunk.issues);
      }
      return issues;
    },

    async removeAll(identity) {
      const prefix = keys.issuesOf(identity);
      // A deleted page may still be listed for a moment, so the pages are walked and not asked for again.
      let cursor: string | undefined;
      do {
        const page = await store.listKeys(prefix, { limit: 100, cursor });
        for (const key of page.keys) await store.delete(key);
        cursor = page.nextCursor;
      } while (cursor !== undefined);
    },
  };
}

function toChunks(issues: readonly Issue[]): Issue[][] {
  const chunks: Issue[][] = [[]];
  let bytes = 0;
  for (const issue of issues) {
    const size = Buffer.byteLength(JSON.stringify(issue)) + 1;
    if (bytes + size > StorageLimits.chunkBytes) {
      chunks.push([]);
      bytes = 0;
    }
    chunks.at(-1)?.push(issue);
    bytes += size;
  }
  return chunks;
}
