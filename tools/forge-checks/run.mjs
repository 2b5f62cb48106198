// Runs the official bundler, linters and sandbox over the app. Sets itself up: packages from the lockfile, builds.
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, projectRoot, run } from '../set-up.mjs';

ensureInstalled();
ensureInstalled(join(projectRoot, 'tools/forge-checks'));
ensureBuilt();
// The official bundler asks for the program's main file, which an ES module does not have.
process.exitCode = run(process.execPath, [join(projectRoot, 'tools/forge-checks/run.cjs')]);
