import { badRequest, quoted } from './kvs-error';
import { KvsLimits } from './limits';

// As documented: https://developer.atlassian.com/platform/forge/storage-reference/handling-errors-kvs/
const KEY = /^(?!\s+$)[a-zA-Z0-9:._\s-#]+$/;

/** The key itself when Forge would take it. @throws {KvsError} KEY_TOO_SHORT or EMPTY_KEY, KEY_TOO_LONG, INVALID_KEY. */
export function checkKey(key: unknown, owner: 'value' | 'entity'): string {
  if (typeof key !== 'string')
    throw badRequest('INVALID_KEY', 'The key is not a string; give one of 1 to 500 characters.');
  if (key.length === 0) {
    throw owner === 'entity'
      ? badRequest('EMPTY_KEY', 'The key is empty; give one of 1 to 500 characters.')
      : badRequest('KEY_TOO_SHORT', 'The key is empty; give one of 1 to 500 characters.');
  }
  if (key.length > KvsLimits.keyCharacters) {
    throw badRequest(
      'KEY_TOO_LONG',
      `The key ${quoted(key)} has ${key.length} characters; ${KvsLimits.keyCharacters} are allowed.`,
    );
  }
  if (!KEY.test(key)) {
    throw badRequest(
      'INVALID_KEY',
      `The key ${quoted(key)} does not match ${KEY.source}; letters, digits, ":", ".", "_", "-", "#" and spaces are allowed.`,
    );
  }
  return key;
}
