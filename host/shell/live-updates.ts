import type { RealtimeMessage } from '../platform/types';
import type { ShellPage } from './frame/registry';

/** Open pages that follow the host by an event stream. */
export interface LiveUpdates {
  /** The event stream of one page, until the page goes away. */
  open(page: ShellPage): Response;
  /** Hands a realtime message to the pages that listen to its channel. */
  realtime(message: RealtimeMessage): void;
  /** Tells pages that what they show has changed; without a repository, all of them. */
  changed(repositoryUuid?: string): void;
  /** Tells pages that show every call that there were some; many at once are told once. */
  traffic(): void;
  readonly openPages: number;
  close(): void;
}

/** The name of a channel in a page's list; global and contextual channels of one name are two, and so are those of other claims. */
export function realtimeKey(channel: string, isGlobal: boolean, audience = ''): string {
  return `${isGlobal ? 'global' : 'context'}:${channel}${audience && ` ${audience}`}`;
}

const keepAliveMs = 20_000;
const trafficPauseMs = 300;

export function createLiveUpdates(): LiveUpdates {
  const streams = new Map<ReadableStreamDefaultController<Uint8Array>, ShellPage>();
  const encoder = new TextEncoder();
  let trafficTimer: NodeJS.Timeout | undefined;

  function send(stream: ReadableStreamDefaultController<Uint8Array>, text: string): void {
    try {
      stream.enqueue(encoder.encode(text));
    } catch {
      // The page went away between two events.
      streams.delete(stream);
    }
  }

  const keepAlive = setInterval(() => {
    for (const stream of streams.keys()) send(stream, ': still here\n\n');
  }, keepAliveMs);
  keepAlive.unref();

  return {
    open(page) {
      let own: ReadableStreamDefaultController<Uint8Array> | undefined;
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          own = controller;
          streams.set(controller, page);
          send(controller, 'retry: 1000\n\n');
        },
        cancel() {
          if (own) streams.delete(own);
        },
      });
      return new Response(body, {
        headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
      });
    },
    realtime(message) {
      const key = realtimeKey(message.channel, message.isGlobal, message.audience);
      for (const [stream, page] of streams) {
        if (page.channels.has(key)) {
          send(stream, `event: realtime\ndata: ${JSON.stringify(message)}\n\n`);
        }
      }
    },
    changed(repositoryUuid) {
      for (const [stream, page] of streams) {
        const concerned =
          repositoryUuid === undefined ||
          page.repositoryUuid === undefined ||
          page.repositoryUuid === repositoryUuid;
        if (concerned) send(stream, 'event: changed\ndata: {}\n\n');
      }
    },
    traffic() {
      if (trafficTimer !== undefined) return;
      trafficTimer = setTimeout(() => {
        trafficTimer = undefined;
        for (const [stream, page] of streams) {
          if (page.followsTraffic) send(stream, 'event: changed\ndata: {}\n\n');
        }
      }, trafficPauseMs);
      trafficTimer.unref();
    },
    get openPages() {
      return streams.size;
    },
    close() {
      clearInterval(keepAlive);
      clearTimeout(trafficTimer);
      for (const stream of streams.keys()) {
        try {
          stream.close();
        } catch {
          // Already closed by the page.
        }
      }
      streams.clear();
    },
  };
}
