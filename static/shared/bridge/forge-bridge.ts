// The package's own entry is one CommonJS barrel that brings 18 KB (gzip) for `invoke` alone, so this module takes
// the package's own files one by one. A contract test compares it with the real entry and fails on an upgrade.
import { getCallBridge } from '../../../node_modules/@forge/bridge/out/bridge.js';
import { theme } from '../../../node_modules/@forge/bridge/out/view/theme.js';

export { invoke } from '../../../node_modules/@forge/bridge/out/invoke/invoke.js';

// The package's own declarations leave the global that this comes from untyped.
const callBridge = getCallBridge() as (command: string) => Promise<unknown>;

export const view = {
  theme,
  /** The context as the platform sends it; the package's own `getContext` adds 8 KB to normalise the locale. */
  getContext: (): Promise<unknown> => callBridge('getContext'),
};
