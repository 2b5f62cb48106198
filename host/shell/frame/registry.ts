import { randomBytes } from 'node:crypto';
import type { FrameModule } from '../manifest';

/** A module shown on a page: what an invocation is built from, so that the frame itself cannot say who or where it is. */
export interface Frame {
  readonly frameId: string;
  readonly page: ShellPage;
  readonly module: FrameModule;
  readonly localId: string;
  /** `extension` of the context. */
  readonly extension: Readonly<Record<string, unknown>>;
}

/** A page as it was given to one person. Its id cannot be guessed. */
export interface ShellPage {
  readonly pageId: string;
  readonly accountId: string;
  /** Braced UUID of the repository that the page is about. */
  readonly repositoryUuid?: string;
  /** True for the control panel, which shows every call. */
  readonly followsTraffic: boolean;
  /** Realtime channels that frames of this page listen to (`realtimeKey`). */
  readonly channels: Set<string>;
}

export interface FrameRegistry {
  addPage(input: {
    accountId: string;
    repositoryUuid?: string;
    followsTraffic?: boolean;
  }): ShellPage;
  addFrame(
    page: ShellPage,
    module: FrameModule,
    extension: Readonly<Record<string, unknown>>,
  ): Frame;
  findFrame(frameId: string): Frame | undefined;
  findPage(pageId: string): ShellPage | undefined;
}

/** Pages and frames that are remembered; the oldest fall out, and a page that fell out reloads itself. */
const kept = 2_000;

export function createFrameRegistry(): FrameRegistry {
  const pages = new Map<string, ShellPage>();
  const frames = new Map<string, Frame>();
  return {
    addPage({ accountId, repositoryUuid, followsTraffic = false }) {
      const page: ShellPage = {
        pageId: newId(),
        accountId,
        ...(repositoryUuid === undefined ? {} : { repositoryUuid }),
        followsTraffic,
        channels: new Set(),
      };
      return remember(pages, page.pageId, page);
    },
    addFrame(page, module, extension) {
      const frame = { frameId: newId(), page, module, localId: newId(), extension };
      return remember(frames, frame.frameId, frame);
    },
    findFrame: (frameId) => frames.get(frameId),
    findPage: (pageId) => pages.get(pageId),
  };
}

function newId(): string {
  return randomBytes(18).toString('base64url');
}

function remember<T>(entries: Map<string, T>, id: string, entry: T): T {
  entries.set(id, entry);
  const oldest = entries.size > kept ? entries.keys().next().value : undefined;
  if (oldest !== undefined) entries.delete(oldest);
  return entry;
}
