import type { BitbucketStandIn } from '../bitbucket/types';

/** Looks whether branches moved on disk. Real time, because people's commits do not follow the host's clock. */
export interface DiskWatch {
  stop(): Promise<void>;
}

interface DiskWatchOptions {
  readonly bitbucket: BitbucketStandIn;
  /** True while somebody could see the difference or the host pushes by itself. */
  readonly isNeeded: () => boolean;
  /** A repository has moved, or is no longer ahead of what was pushed. */
  readonly onChange: (repositoryUuid: string, hasUnpushed: boolean) => Promise<void>;
}

const everyMs = 2_000;

export function watchDisk({ bitbucket, isNeeded, onChange }: DiskWatchOptions): DiskWatch {
  const known = new Map<string, boolean>();
  let running: Promise<void> | undefined;

  async function look(): Promise<void> {
    for (const { uuid, problem } of bitbucket.repositories()) {
      if (problem !== undefined) continue;
      try {
        const moved = await bitbucket.hasUnpushed(uuid);
        if (moved !== (known.get(uuid) ?? false) || moved) await onChange(uuid, moved);
        known.set(uuid, moved);
      } catch {
        // The folder may be gone or locked for a moment; the next look tells.
      }
    }
  }

  const timer = setInterval(() => {
    if (running || !isNeeded()) return;
    running = look().finally(() => {
      running = undefined;
    });
  }, everyMs);
  timer.unref();

  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
