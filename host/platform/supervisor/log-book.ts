import type { HostClock } from '../../clock';
import type { LogLine, Traffic } from '../../traffic';
import { PlatformLimits } from '../limits';
import type { RunnerLogLine } from '../runtime/log-lines';

const levels: Readonly<Record<number, LogLine['level']>> = {
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};

export interface LogBook {
  write(line: RunnerLogLine): void;
  /** Forgets what was counted for an invocation that has ended. */
  close(invocationId: string): void;
}

/** Keeps the log lines of functions, as many in a minute as the platform keeps. */
export function createLogBook(clock: HostClock, traffic: Traffic): LogBook {
  const counts = new Map<string, { since: number; lines: number }>();
  const { logLinesPerMinute, logWindowMs } = PlatformLimits;
  return {
    write({ invocationId, logLevel, logArguments }) {
      const now = clock.now();
      const counted = counts.get(invocationId);
      const isSameMinute = counted !== undefined && now - counted.since < logWindowMs;
      const count = isSameMinute ? counted : { since: now, lines: 0 };
      counts.set(invocationId, count);
      count.lines += 1;
      if (count.lines > logLinesPerMinute) return;
      const level = levels[logLevel] ?? 'info';
      traffic.record({ log: { invocationId, level, text: logArguments.join(' ') } });
    },
    close(invocationId) {
      counts.delete(invocationId);
    },
  };
}
