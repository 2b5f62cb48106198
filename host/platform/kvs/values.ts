import { badRequest, KvsError } from './kvs-error';
import { KvsLimits } from './limits';
import { Unverified } from './unverified';

/** The value as it is stored: JSON text. @throws {KvsError} for null or missing, MAX_DEPTH, MAX_SIZE. */
export function toStoredJson(value: unknown, maxBytes: number): string {
  if (value === undefined || value === null) {
    throw new KvsError(
      Unverified.invalidValue,
      'The value is null or missing; delete the key instead of storing nothing.',
    );
  }
  if (isDeeperThan(value, KvsLimits.valueDepth)) {
    throw badRequest(
      'MAX_DEPTH',
      `The value is nested deeper than ${KvsLimits.valueDepth} levels.`,
    );
  }
  const json = JSON.stringify(value);
  const bytes = Buffer.byteLength(json);
  if (bytes > maxBytes) {
    throw badRequest('MAX_SIZE', `The value has ${bytes} bytes; ${maxBytes} are allowed.`);
  }
  return json;
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((member) => isDeeperThan(member, levels - 1));
}
