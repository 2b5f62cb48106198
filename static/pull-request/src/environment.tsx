import { createContext, useContext, useEffect, useState } from 'react';
import { createFormats, type Formats } from '../../shared/format/formats';

/** What every part of the page needs to print numbers and times. */
export interface Environment {
  readonly formats: Formats;
  /** Time of the server now, in milliseconds: its last answer carried forward, never the browser's own clock. */
  readonly nowMs: () => number;
  /** Address of the pull request on Bitbucket; absent where the platform does not tell. */
  readonly pullRequestUrl?: string | undefined;
}

const ageTickMs = 10_000;

export const EnvironmentContext = createContext<Environment>({
  formats: createFormats('en', undefined),
  nowMs: () => 0,
});

export function useFormats(): Formats {
  return useContext(EnvironmentContext).formats;
}

/** "3 minutes ago", ticking; the exact time is its tool tip and machine-readable value. */
export function Age({ at }: { readonly at: string }) {
  const { formats, nowMs } = useContext(EnvironmentContext);
  const [, setTick] = useState(0);

  useEffect(() => {
    const timer = setInterval(() => setTick((tick) => tick + 1), ageTickMs);
    return () => clearInterval(timer);
  }, []);

  return (
    <time dateTime={at} title={formats.dateTime(at)}>
      {formats.age(at, nowMs())}
    </time>
  );
}
