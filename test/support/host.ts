import { startHost, type Host, type HostOptions } from '../../host/host';
import { projectRoot } from './project-root';

/** Monday noon: all hosts of tests start at the same time, which only moves when a test moves it. */
export const startMs = Date.UTC(2026, 5, 1, 12);

/** A host in memory on a clock that stands still, over the repositories given. */
export function startTestHost(
  repositories: readonly string[],
  options: Partial<HostOptions> = {},
): Promise<Host> {
  return startHost({
    projectRoot,
    repositories,
    stateDirectory: ':memory:',
    port: 0,
    clock: 'manual',
    startMs,
    watch: false,
    ...options,
  });
}
