import type { Connection } from '../../domain/connection';
import type { Clock } from '../../domain/ports/clock';
import type { Randomness } from '../../domain/ports/randomness';
import type { ConnectionStore } from '../../domain/ports/stores';
import { AppError } from '../../errors/app-error';

export interface StartDemoOptions {
  readonly connections: ConnectionStore;
  readonly randomness: Randomness;
  readonly clock: Clock;
}

export type StartDemo = () => Promise<Connection>;

/** Never called: a demo has no server. The top-level domain is reserved for names that lead nowhere. */
const nowhere = 'https://demo.invalid';

/** Adds the connection to the sample data; it goes like every other one. @throws {AppError} CONFLICT when there is one. */
export function createStartDemo({ connections, randomness, clock }: StartDemoOptions): StartDemo {
  return async () => {
    const connection: Connection = {
      connectionId: randomness.uuid(),
      sequence: 1,
      name: 'Demo',
      kind: 'demo',
      url: nowhere,
      capabilities: { pullRequests: true, devOpsPlatforms: false, projectBindings: false },
      state: 'active',
      health: { state: 'ok', checkedAt: new Date(clock.nowMs()).toISOString() },
    };
    // The name is the claim: of two who start it at once, one does.
    if (await connections.add(connection)) return connection;
    throw new AppError(
      'CONFLICT',
      'There is a connection with the name "Demo" already. Reload the page, or rename that one.',
    );
  };
}
