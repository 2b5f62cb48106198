// `npm start`: sets itself up, then runs the local host in this process.
import { createRequire } from 'node:module';
import { ensureBuilt, ensureInstalled } from './set-up.mjs';

ensureInstalled();
ensureBuilt();
createRequire(import.meta.url)('../.build/host/main.cjs');
