import type { OutputOf } from '@contracts/procedures';
import type { PullRequestView } from '@contracts/verdict';
import { CallFailure } from '../../../shared/bridge/call';
import { isDenied, nextDelayMs } from './poll-delay';

type RefreshAnswer = OutputOf<'pullRequest.refresh'>;

/** What keeps a view current needs of the world. Reads and refreshes reject with a `CallFailure`. */
export interface LiveViewPorts {
  read(): Promise<PullRequestView>;
  refresh(): Promise<RefreshAnswer>;
  /** Promises a function that ends the subscription; rejects where the platform has no realtime. */
  subscribe(channel: string, token: string | undefined, onMessage: () => void): Promise<() => void>;
  isHidden(): boolean;
  /** Milliseconds of a clock that only moves forward. */
  nowMs(): number;
  /** Runs once after the delay; the answer cancels. */
  setTimer(run: () => void, delayMs: number): () => void;
}

/** What a refresh by hand came to, counted so that two equal outcomes are two announcements. */
export interface RefreshNotice {
  readonly outcome: RefreshAnswer['outcome'];
  readonly retryAfterSeconds: number | undefined;
  readonly count: number;
}

export interface LiveSnapshot {
  readonly view: PullRequestView | undefined;
  /** Reading of `nowMs` when `view` came, to carry its `now` forward. */
  readonly receivedAtMs: number;
  readonly failure: CallFailure | undefined;
  /** A refresh by hand is under way. */
  readonly isRefreshing: boolean;
  readonly notice: RefreshNotice | undefined;
}

export interface LiveView {
  start(): void;
  stop(): void;
  /** Re-reads the server now; ignored while one is under way. */
  refresh(): void;
  /** Reads the stored verdict again now. */
  retry(): void;
  /** To be called whenever `isHidden` may have changed. */
  visibilityChanged(): void;
}

export const emptySnapshot: LiveSnapshot = {
  view: undefined,
  receivedAtMs: 0,
  failure: undefined,
  isRefreshing: false,
  notice: undefined,
};

/**
 * Keeps one pull request's view current: a message of the channel or a timer leads to a read. At most one request
 * is in flight, a hidden page asks nothing after its first read, and an older answer never replaces a newer one.
 */
export function createLiveView(
  ports: LiveViewPorts,
  onChange: (snapshot: LiveSnapshot) => void,
): LiveView {
  let snapshot = emptySnapshot;
  let inFlight = false;
  let next: 'read' | 'refresh' | undefined;
  let round = 0;
  let isStopped = false;
  let channel: string | undefined;
  let unsubscribe: (() => void) | undefined;
  let cancelTimer: (() => void) | undefined;

  function change(part: Partial<LiveSnapshot>): void {
    snapshot = { ...snapshot, ...part };
    onChange(snapshot);
  }

  function listen(wanted: string, token: string | undefined): void {
    if (wanted === channel) return;
    unsubscribe?.();
    unsubscribe = undefined;
    channel = wanted;
    ports.subscribe(wanted, token, onMessage).then(
      (end) => {
        if (isStopped || channel !== wanted) end();
        else unsubscribe = end;
      },
      // No realtime here: the timer alone keeps the view current.
      () => undefined,
    );
  }

  function onMessage(): void {
    round = 0;
    if (!ports.isHidden()) request('read');
  }

  function accept(view: PullRequestView): void {
    const known = snapshot.view;
    if (known !== undefined && view.sequence < known.sequence) {
      round += 1;
      change({ failure: undefined });
      return;
    }
    round = known?.sequence === view.sequence ? round + 1 : 0;
    change({ view, receivedAtMs: ports.nowMs(), failure: undefined });
    listen(view.channel, view.channelToken);
  }

  function acceptRefresh(answer: RefreshAnswer): void {
    accept(answer.view);
    round = 0;
    const { outcome, retryAfterSeconds } = answer;
    change({ notice: { outcome, retryAfterSeconds, count: (snapshot.notice?.count ?? 0) + 1 } });
  }

  function fail(cause: unknown): void {
    const failure =
      cause instanceof CallFailure
        ? cause
        : new CallFailure('UNEXPECTED', '', undefined, { cause });
    round += 1;
    change({ failure, view: isDenied(failure) ? undefined : snapshot.view });
  }

  function settle(): void {
    inFlight = false;
    const waiting = next;
    next = undefined;
    if (isStopped) return;
    if (waiting !== 'refresh' && snapshot.isRefreshing) change({ isRefreshing: false });
    if (waiting === 'refresh' || (waiting === 'read' && !ports.isHidden())) request(waiting);
    else schedule();
  }

  function schedule(): void {
    cancelTimer?.();
    cancelTimer = undefined;
    if (ports.isHidden()) return;
    const delayMs = nextDelayMs(snapshot.view, snapshot.failure, round);
    if (delayMs !== undefined) cancelTimer = ports.setTimer(() => request('read'), delayMs);
  }

  function request(kind: 'read' | 'refresh'): void {
    if (isStopped) return;
    if (inFlight) {
      next = next === 'refresh' ? next : kind;
      return;
    }
    cancelTimer?.();
    cancelTimer = undefined;
    inFlight = true;
    const answer =
      kind === 'read' ? ports.read().then(accept) : ports.refresh().then(acceptRefresh);
    void answer.catch(fail).then(settle);
  }

  return {
    start: () => request('read'),
    stop() {
      isStopped = true;
      cancelTimer?.();
      unsubscribe?.();
    },
    refresh() {
      if (snapshot.isRefreshing) return;
      change({ isRefreshing: true });
      request('refresh');
    },
    retry: () => request('read'),
    visibilityChanged() {
      round = 0;
      if (ports.isHidden()) {
        cancelTimer?.();
        cancelTimer = undefined;
      } else {
        request('read');
      }
    },
  };
}
