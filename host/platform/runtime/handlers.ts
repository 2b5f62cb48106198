import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

type Handler = (body: unknown, context: unknown) => unknown;

/**
 * Finds handlers in the bundles of a folder. A bundle is loaded inside the first invocation that needs it, not before:
 * the SDK reads the globals while it loads.
 */
export function createHandlerLoader(folder: string): (handler: string) => Handler {
  const load = createRequire(join(folder, 'handlers.cjs'));
  return (handler) => {
    const [file = '', name = '', ...rest] = handler.split('.');
    const path = join(folder, `${file}.cjs`);
    if (name === '' || rest.length > 0 || !existsSync(path)) {
      throw new Error(
        `The handler "${handler}" has no bundle: "${file}.cjs" is not in the bundle folder.`,
      );
    }
    const exported: unknown = (load(path) as Readonly<Record<string, unknown>>)[name];
    if (typeof exported !== 'function') {
      throw new Error(
        `The handler "${handler}" is not there: the bundle "${file}.cjs" does not export a function "${name}".`,
      );
    }
    return exported as Handler;
  };
}
