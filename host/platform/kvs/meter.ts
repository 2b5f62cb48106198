import type { HostClock } from '../../clock';
import { KvsError, quoted } from './kvs-error';
import { KvsLimits } from './limits';

/** Bytes that go to or come from one key. */
export interface Access {
  readonly key: string;
  readonly bytes: number;
}

/** Counts what an installation uses and refuses what is over the platform's rates. */
export interface Meter {
  /** Every request, valid or not. @throws {KvsError} 429 TOO_MANY_REQUESTS. */
  countRequest(): void;
  /** Before anything is written. @throws {KvsError} 429, and nothing is counted. */
  admitWrite(accesses: readonly Access[]): void;
  /** Before anything is read. @throws {KvsError} 429 while the minute's reads are used up. */
  admitRead(keys: readonly string[]): void;
  /** After a read, when its size is known. */
  countRead(accesses: readonly Access[]): void;
}

interface Window {
  /** What was used in the present window, starting with 0 in each. */
  used(name: string): number;
  add(name: string, amount: number): void;
}

export function createMeter(clock: HostClock): Meter {
  const requests = createWindow(clock, 1_000);
  const units = createWindow(clock, 60_000);
  const readBytes = createWindow(clock, 1_000);
  const writeBytes = createWindow(clock, 1_000);

  return {
    countRequest() {
      if (requests.used('') >= KvsLimits.requestsPerSecond) {
        throw tooMany(`${KvsLimits.requestsPerSecond} requests in one second`);
      }
      requests.add('', 1);
    },
    admitWrite(accesses) {
      const needed = toUnits(accesses);
      if (units.used('write') + needed > KvsLimits.writeUnitsPerMinute) {
        throw tooMany(`${KvsLimits.writeUnitsPerMinute} write units in one minute`);
      }
      for (const { key, bytes } of accesses) {
        if (writeBytes.used(key) + bytes > KvsLimits.writeBytesPerKeyPerSecond) {
          throw tooMany(
            `${KvsLimits.writeBytesPerKeyPerSecond} bytes written in one second to key ${quoted(key)}`,
          );
        }
      }
      units.add('write', needed);
      for (const { key, bytes } of accesses) writeBytes.add(key, bytes);
    },
    admitRead(keys) {
      if (units.used('read') >= KvsLimits.readUnitsPerMinute) {
        throw tooMany(`${KvsLimits.readUnitsPerMinute} read units in one minute`);
      }
      for (const key of keys) {
        if (readBytes.used(key) >= KvsLimits.readBytesPerKeyPerSecond) {
          throw tooMany(
            `${KvsLimits.readBytesPerKeyPerSecond} bytes read in one second from key ${quoted(key)}`,
          );
        }
      }
    },
    countRead(accesses) {
      units.add('read', toUnits(accesses));
      for (const { key, bytes } of accesses) readBytes.add(key, bytes);
    },
  };
}

/** Even an empty answer or a deletion costs one unit. */
function toUnits(accesses: readonly Access[]): number {
  const bytes = accesses.reduce((sum, access) => sum + access.bytes, 0);
  return Math.max(1, Math.ceil(bytes / KvsLimits.bytesPerUnit));
}

function tooMany(limit: string): KvsError {
  return new KvsError(
    { status: 429, code: 'TOO_MANY_REQUESTS' },
    `Storage allows ${limit}; try again later.`,
  );
}

function createWindow(clock: HostClock, lengthMs: number): Window {
  let current = Number.NaN;
  const amounts = new Map<string, number>();
  function turn(): void {
    const present = Math.floor(clock.now() / lengthMs);
    if (present === current) return;
    current = present;
    amounts.clear();
  }
  return {
    used(name) {
      turn();
      return amounts.get(name) ?? 0;
    },
    add(name, amount) {
      turn();
      amounts.set(name, (amounts.get(name) ?? 0) + amount);
    },
  };
}
