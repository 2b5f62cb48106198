import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { openDatabase } from '../../../host/database';
import { createManualClock } from '../../../host/manual-clock';
import { toEntityDefinitions } from '../../../host/platform/kvs/entity-definition';
import { createKvs } from '../../../host/platform/kvs/kvs';
import type { KeyValueStore } from '../../../src/domain/ports/key-value-store';
import { createKeyValueStore } from '../../../src/platform/key-value-store';
import { connectKvs, installation, START } from '../../host/platform/kvs-support';
import { projectRoot } from '../project-root';

type StoredEntities = Parameters<typeof toEntityDefinitions>[0];
const manifest = parse(readFileSync(join(projectRoot, 'manifest.yml'), 'utf8')) as {
  readonly app: { readonly storage: { readonly entities: StoredEntities } };
};

/** Forge's own package over the local platform's store, with the entities of the app's manifest. */
export function setUpForgeStore(): KeyValueStore {
  connectKvs(
    createKvs({
      installation,
      clock: createManualClock(START),
      database: openDatabase(':memory:'),
      manifest: {
        entities: toEntityDefinitions(manifest.app.storage.entities),
        scopes: ['storage:app'],
      },
    }),
  );
  return createKeyValueStore();
}
