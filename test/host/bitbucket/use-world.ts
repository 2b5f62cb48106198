import type { PullRequestSummary, RepositorySummary } from '../../../host/bitbucket/types';
import type { World } from './stand-in';
import { openWorld } from './stand-in';

export interface Added {
  readonly summary: RepositorySummary;
  readonly pullRequests: readonly PullRequestSummary[];
  /** Path of the repository in the API. */
  readonly base: string;
}

export interface Stage {
  /** The stand-in of the present test, fresh for each. */
  readonly world: World;
  /** Removes a fixture after the test. */
  readonly keep: <T extends { remove(): void }>(fixture: T) => T;
  readonly add: (
    fixture: { path: string },
    more?: { isPrivate?: boolean; name?: string },
  ) => Promise<Added>;
}

/** A fresh stand-in for each test of the surrounding `describe`. */
export function useWorld(): Stage {
  let world: World | undefined;
  const removals: (() => void)[] = [];

  function current(): World {
    if (!world) throw new Error('The world exists only inside a test.');
    return world;
  }
  beforeEach(() => {
    world = openWorld();
  });
  afterEach(() => {
    current().close();
    for (const remove of removals.splice(0)) remove();
  });

  return {
    get world() {
      return current();
    },
    keep(fixture) {
      removals.push(() => fixture.remove());
      return fixture;
    },
    async add({ path }, more = {}) {
      const { bitbucket } = current();
      const summary = await bitbucket.addRepository({ path, ...more });
      const pullRequests = bitbucket.pullRequests(summary.uuid);
      return { summary, pullRequests, base: `/repositories/acme/${summary.slug}` };
    },
  };
}
