import { join } from 'node:path';
import { createBitbucket } from '../../../host/bitbucket/bitbucket';
import type { BitbucketUser } from '../../../host/bitbucket/types';
import { createControl } from '../../../host/control/control';
import { openDatabase } from '../../../host/database';
import { createFaults } from '../../../host/faults';
import { installation, workspace } from '../../../host/launch/workspace';
import { createMergeChecks } from '../../../host/merge-checks';
import { createManualClock } from '../../../host/manual-clock';
import { createCustomerEgress } from '../../../host/platform/customer-egress';
import type { InstallablePlatform, ResolverCall } from '../../../host/platform/types';
import { createAccess } from '../../../host/shell/access';
import type { HostClock } from '../../../host/clock';
import type { CspViolation } from '../../../host/shell/frame/csp-violations';
import type { FrameApp } from '../../../host/shell/frame/frame-app';
import { createFrameRegistry } from '../../../host/shell/frame/registry';
import { createLiveUpdates } from '../../../host/shell/live-updates';
import { readShellManifest, type ShellManifest } from '../../../host/shell/manifest';
import { createModuleFrames } from '../../../host/shell/modules';
import { createShellApp } from '../../../host/shell/shell-app';
import type { SonarQubeStandIn } from '../../../host/sonarqube/types';
import { createTraffic } from '../../../host/traffic';

export const projectRoot = join(__dirname, '../../..');
const shellOrigin = 'http://127.0.0.1:4000';
const defaultFrameOrigin = 'http://127.0.0.1:4001';

type RoleName = 'owner' | 'admin' | 'writer' | 'member' | 'outsider';
const roles: readonly RoleName[] = ['owner', 'admin', 'writer', 'member', 'outsider'];

export interface ShellWorldOptions {
  readonly origin?: string;
  readonly frameOrigin?: string;
  readonly manifest?: ShellManifest;
  readonly createFrames?: (clock: HostClock, violations: CspViolation[]) => FrameApp;
}

/** The shell over a real Bitbucket stand-in, with a platform that notes what it is asked. */
export function openShell(options: ShellWorldOptions = {}) {
  const { origin = shellOrigin, frameOrigin = defaultFrameOrigin } = options;
  const clock = createManualClock(Date.UTC(2026, 5, 1));
  const bitbucket = createBitbucket({ database: openDatabase(':memory:'), clock, workspace });
  const calls: ResolverCall[] = [];
  const acts: string[] = [];
  let answer: (call: ResolverCall) => unknown = () => ({ ok: true });
  const egress = createCustomerEgress(openDatabase(':memory:'), 'installation', true);
  const platform = {
    installation,
    isInstalled: true,
    egress,
    external: () => ({ fetch: { backend: egress.backendDomains() } }),
    uninstall: () => Promise.resolve(void acts.push('uninstall')),
    install: (accountId: string) => Promise.resolve(void acts.push(`install ${accountId}`)),
    queue: {
      pending: 0,
      pause: () => void acts.push('pause'),
      resume: () => void acts.push('resume'),
      deliverNext: (times: number) => void acts.push(`deliverNext ${times}`),
    },
    invokeResolver(call: ResolverCall) {
      calls.push(call);
      return Promise.resolve().then(() => answer(call));
    },
  } as unknown as InstallablePlatform;
  const sonarqube = {
    pauseTasks: () => void acts.push('pauseTasks'),
    resumeTasks: () => void acts.push('resumeTasks'),
    accept: (...key: string[]) => Promise.resolve(void acts.push(`accept ${key.join(' ')}`)),
  } as unknown as SonarQubeStandIn;
  const faults = createFaults();
  const manifest = options.manifest ?? readShellManifest(projectRoot);
  const registry = createFrameRegistry();
  const live = createLiveUpdates();
  const violations: CspViolation[] = [];
  const traffic = createTraffic();
  const frameApp: FrameApp = options.createFrames?.(clock, violations) ?? {
    fetch: () => new Response(null, { status: 404 }),
    urlOf: (resource, path) => `${frameOrigin}/e/v/${resource}/${path}`,
  };
  const app = createShellApp({
    origin,
    frameOrigin,
    standIns: ['sonarcloud.io'],
    projectRoot,
    bitbucket,
    platform,
    clock,
    traffic,
    faults,
    manifest,
    registry,
    modules: createModuleFrames({
      manifest,
      registry,
      frameApp,
      installation,
      shellOrigin: origin,
      external: () => platform.external(),
    }),
    mergeChecks: createMergeChecks({
      bitbucket,
      platform,
      isOn: false,
      onResult: () => undefined,
      log: () => undefined,
    }),
    access: createAccess(bitbucket),
    live,
    control: createControl({ clock, faults, platform, bitbucket, sonarqube }),
    violations,
    openIssues: () => Promise.resolve([]),
    push: async (uuid) => {
      const changed = await bitbucket.push(uuid);
      live.changed(uuid);
      return changed;
    },
  });

  function userOf(role: RoleName): BitbucketUser {
    const user = bitbucket.users[roles.indexOf(role)];
    if (!user) throw new Error(`There is no ${role}.`);
    return user;
  }
  const cookieOf = (role: RoleName) =>
    `gatehouse_user_${new URL(origin).port}=${userOf(role).accountId}`;

  return {
    app,
    bitbucket,
    clock,
    faults,
    traffic,
    live,
    violations,
    calls,
    acts,
    userOf,
    answerWith(next: typeof answer) {
      answer = next;
    },
    get: async (path: string, role: RoleName = 'owner') =>
      app(new Request(origin + path, { headers: { cookie: cookieOf(role) } })),
    post: async (
      path: string,
      body: string | FormData | URLSearchParams,
      options: { readonly role?: RoleName; readonly headers?: Record<string, string> } = {},
    ) =>
      app(
        new Request(origin + path, {
          method: 'POST',
          body,
          headers: { cookie: cookieOf(options.role ?? 'owner'), origin, ...options.headers },
        }),
      ),
    close: () => live.close(),
  };
}
export type ShellWorld = ReturnType<typeof openShell>;

/** The frames of a page, as its script reads them. */
export function framesIn(html: string): {
  readonly frameId: string;
  readonly moduleKey: string;
  readonly context: Record<string, unknown>;
}[] {
  return Array.from(
    html.matchAll(/data-frame="([^"]*)"/g),
    ([, text = '']) =>
      JSON.parse(text.replaceAll('&quot;', '"').replaceAll('&amp;', '&')) as {
        frameId: string;
        moduleKey: string;
        context: Record<string, unknown>;
      },
  );
}
