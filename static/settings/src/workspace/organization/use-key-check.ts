import type { OutputOf } from '@contracts/procedures';
import { useEffect, useState } from 'react';
import { call, CallFailure } from '../../../../shared/bridge/call';

interface KeyCheck {
  readonly isRunning: boolean;
  readonly answer?: OutputOf<'organization.checkKey'>;
  readonly failure?: CallFailure;
}

/** A check starts when typing pauses for so long. */
const typingPauseMs = 300;

/** Whether a key is free: one call for each text that a person settles on, and the answer to the newest one counts. */
export function useKeyCheck(connectionId: string, organizationKey: string): KeyCheck {
  const [check, setCheck] = useState<KeyCheck>({ isRunning: false });

  useEffect(() => {
    if (organizationKey === '') {
      setCheck({ isRunning: false });
      return undefined;
    }
    let isNewest = true;
    setCheck({ isRunning: true });
    const timer = setTimeout(() => {
      call('organization.checkKey', { connectionId, organizationKey }).then(
        (answer) => {
          if (isNewest) setCheck({ isRunning: false, answer });
        },
        (error: unknown) => {
          const failure = error instanceof CallFailure ? error : new CallFailure('UNEXPECTED');
          if (isNewest) setCheck({ isRunning: false, failure });
        },
      );
    }, typingPauseMs);
    return () => {
      isNewest = false;
      clearTimeout(timer);
    };
  }, [connectionId, organizationKey]);

  return check;
}
