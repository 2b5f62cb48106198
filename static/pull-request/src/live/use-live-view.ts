import { useEffect, useState } from 'react';
import type { InputOf } from '@contracts/procedures';
import { call } from '../../../shared/bridge/call';
import {
  createLiveView,
  emptySnapshot,
  type LiveSnapshot,
  type LiveView,
  type LiveViewPorts,
} from './live-view';

type Claim = InputOf<'pullRequest.view'>;

function browserPorts(claim: Claim): LiveViewPorts {
  return {
    read: () => call('pullRequest.view', claim),
    refresh: () => call('pullRequest.refresh', claim),
    async subscribe(channel, token, onMessage) {
      const { realtime } = await import('../../../shared/bridge/forge-bridge-later');
      const subscription = await realtime.subscribeGlobal(
        channel,
        onMessage,
        token === undefined ? undefined : { token },
      );
      return () => {
        // The page has moved on: a platform that cannot end the subscription changes nothing for it.
        Promise.resolve()
          .then(() => subscription.unsubscribe())
          .catch(() => undefined);
      };
    },
    isHidden: () => document.hidden,
    nowMs: () => performance.now(),
    setTimer(run, delayMs) {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
  };
}

/** The current view of one pull request, kept current while the component lives. */
export function useLiveView(claim: Claim): readonly [LiveSnapshot, LiveView | undefined] {
  const [snapshot, setSnapshot] = useState(emptySnapshot);
  const [live, setLive] = useState<LiveView>();

  useEffect(() => {
    const created = createLiveView(browserPorts(claim), setSnapshot);
    const onVisibility = () => created.visibilityChanged();
    document.addEventListener('visibilitychange', onVisibility);
    setLive(created);
    created.start();
    return () => {
      document.removeEventListener('visibilitychange', onVisibility);
      created.stop();
    };
  }, [claim]);

  return [snapshot, live];
}
