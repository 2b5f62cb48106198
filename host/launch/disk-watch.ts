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
  /** Repositories whose branches were ahead of what was pushed at the last look. */
  const moved = new Set<string>();
  let running: Promise<void> | undefined;

  async function look(): Promise<void> {
    for (const { uuid, problem } of bitbucket.repositories()) {
      if (problem !== undefined) continue;
      try {
        const hasMoved = await bitbucket.hasUnpushed(uuid);
        if (hasMoved === moved.has(uuid)) continue;
        await onChange(uuid, hasMoved);
        // Asked again: the listener may have pushed, and the next commit must be noticed like the first.
        if (await bitbucket.hasUnpushed(uuid)) moved.add(uuid);
        else moved.delete(uuid);
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
