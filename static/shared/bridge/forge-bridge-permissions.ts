// The part of the bridge that asks for hosts; see forge-bridge.ts.
export { permissions } from '../../../node_modules/@forge/bridge/out/permissions/permissions.js';
