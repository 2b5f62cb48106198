// The part of the bridge that no page needs for its first picture; see forge-bridge.ts.
export { realtime } from '../../../node_modules/@forge/bridge/out/realtime/realtime.js';
export { router } from '../../../node_modules/@forge/bridge/out/router/router.js';
