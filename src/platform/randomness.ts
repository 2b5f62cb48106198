import { randomBytes, randomUUID } from 'node:crypto';
import type { Randomness } from '../domain/ports/randomness';

export const systemRandomness: Randomness = {
  uuid: () => randomUUID(),
  secret: () => randomBytes(32).toString('hex'),
};
