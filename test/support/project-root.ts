import { join } from 'node:path';

/** Folder of the project; the bench's bundle lies as deep below it as this file does. */
export const projectRoot = join(__dirname, '../..');
