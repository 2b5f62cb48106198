import type { Log, LogFields } from '../../../src/domain/ports/log';

export interface LogEntry {
  readonly level: 'info' | 'warn' | 'error';
  readonly event: string;
  readonly fields: LogFields;
  readonly error?: unknown;
}

/** Keeps what was logged, for tests of what must and must not be in there. */
export interface MemoryLog extends Log {
  readonly entries: readonly LogEntry[];
}

export function createMemoryLog(): MemoryLog {
  const entries: LogEntry[] = [];
  return {
    entries,
    info: (event, fields = {}) => entries.push({ level: 'info', event, fields }),
    warn: (event, fields = {}) => entries.push({ level: 'warn', event, fields }),
    error: (event, error, fields = {}) => entries.push({ level: 'error', event, fields, error }),
  };
}
