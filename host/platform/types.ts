import type { MergeCheckModule } from './manifest';
import type { HostClock } from '../clock';
import type { HostDatabase } from '../database';
import type { Faults } from '../faults';
import type { BitbucketNeighbour, Neighbour } from '../neighbour';
import type { Traffic } from '../traffic';
import type { CustomerEgress } from './customer-egress';

/** The installation of the app on one workspace. UUIDs are without braces. */
export interface Installation {
  readonly installationId: string;
  readonly workspaceUuid: string;
  /** Calls to Bitbucket may name the workspace by its slug as well, when it is given here. */
  readonly workspaceSlug?: string;
  readonly environmentId: string;
  readonly environmentType: 'DEVELOPMENT' | 'STAGING' | 'PRODUCTION';
}

export interface PlatformOptions {
  /** Folder of the project: `manifest.yml` is read from here, resource paths are relative to it. */
  readonly projectRoot: string;
  /** Folder with one CommonJS bundle per handler file (`index.cjs`). */
  readonly bundleDirectory: string;
  /** File of the built function worker (wrapper included). */
  readonly workerFile: string;
  readonly database: HostDatabase;
  readonly clock: HostClock;
  readonly traffic: Traffic;
  readonly faults: Faults;
  readonly bitbucket: BitbucketNeighbour;
  /** Hosts that answer outside requests, by host name such as `sonarcloud.io`; any other allowed host answers 502. */
  readonly outside: Readonly<Record<string, Neighbour>>;
  /** Addresses that an administrator allowed beyond the manifest's, such as that of a server of their own. */
  readonly allowedByAdministrator?: readonly string[];
  readonly installation: Installation;
  /** Forge variables, as `forge variables set` would have stored them. */
  readonly variables?: Readonly<Record<string, string>>;
}

export interface ResolverCall {
  readonly moduleKey: string;
  readonly accountId: string;
  readonly functionKey: string;
  readonly payload: unknown;
  /** `extension` of the context, made by the shell from the page that holds the frame, never by the frame. */
  readonly extension: Readonly<Record<string, unknown>>;
}

export interface WebTriggerRequest {
  readonly method: string;
  /** Path of the URL that `webTrigger.getUrl` gave, with anything behind it: `/x1/<id>/more`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly queryParameters: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
}

export interface WebTriggerAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
}

/** The Forge platform on one machine: runs the functions of one installed app and serves what they call. */
export interface Platform {
  /** Base URL of the proxy and of web triggers: `http://127.0.0.1:<port>`. */
  readonly baseUrl: string;
  readonly installation: Installation;
  /** Runs the resolver of a UI module as this user; rejects when the function fails, in the platform's words. */
  invokeResolver(call: ResolverCall): Promise<unknown>;
  /** Answers 404 for an unknown id, 413 over 5 MB, 500 for a wrong answer shape. */
  receiveWebTrigger(request: WebTriggerRequest): Promise<WebTriggerAnswer>;
  /** Delivers a product event to every trigger module subscribed to it, at least once. */
  deliverEvent(event: ProductEvent): Promise<void>;
  /** Runs a handler of a bundle directly (`file.export`), for the host's own set-up code; no user. */
  runHandler(handler: string, body: unknown): Promise<unknown>;
  /** The claims of a token that may listen to this channel; `undefined` when it may not. */
  readRealtimeToken(token: string, channel: string): string | undefined;
  /** Told of every realtime message, so that frames can be updated. */
  onRealtime(listener: (message: RealtimeMessage) => void): () => void;
  /** Resolves when no function runs and no queue event is due at the clock's present time. */
  idle(): Promise<void>;
  readonly queue: QueueControl;
  /** Customer-managed egress of this installation. */
  readonly egress: CustomerEgress;
  /** `permissions.external` as the SDKs see it, with what an administrator allowed. */
  external(): Readonly<Record<string, unknown>>;
  /** Everything that is stored, for tests of what must not be in there; secrets apart. */
  dumpStorage(): { readonly values: unknown; readonly secrets: unknown };
  stop(): Promise<void>;
}

export interface QueueControl {
  /** The next delivery happens this many times in all (at-least-once made visible). */
  deliverNext(times: number): void;
  /** Holds deliveries back until `resume`. */
  pause(): void;
  resume(): void;
  readonly pending: number;
}

export interface RealtimeMessage {
  /** Claims of the token that it was published with, as text; empty without one. */
  readonly audience?: string;
  readonly channel: string;
  readonly payload: string;
  readonly isGlobal: boolean;
}

/** A product event in the form of the Forge documentation; `eventType` is `avi:bitbucket:…`. */
export interface ProductEvent {
  readonly eventType: string;
  readonly [member: string]: unknown;
}

/** A merge check to run, with what Bitbucket would send. The repository UUID carries braces, as Bitbucket writes it. */
export interface MergeCheckCall {
  readonly moduleKey: string;
  readonly repositoryUuid: string;
  readonly pullRequestId: number;
  readonly trigger: 'on-code-pushed' | 'on-reviewer-status-changed' | 'on-merge';
  /** Only for `on-merge`. */
  readonly merge?: {
    readonly commitMessage: string;
    readonly mergeStrategy: string;
    readonly closeSourceBranch: boolean;
  };
}

export interface MergeCheckResult {
  readonly success: boolean;
  readonly message?: string;
}

/** The platform as `createPlatform` makes it: with what only the host's main program and tests drive. */
export interface LocalPlatform extends Platform {
  /** The merge checks of the manifest. */
  readonly mergeChecks: readonly MergeCheckModule[];
  /** A throw, a time-out or a wrong answer is a failed check. @throws Error for an unknown module or trigger. */
  runMergeCheck(call: MergeCheckCall): Promise<MergeCheckResult>;
  /** Delivers `avi:forge:installed:app`, as after an installation by this user. */
  runInstalled(installerAccountId?: string): Promise<void>;
  /** Runs the pre-uninstall functions; a failing one does not stop the others, as it does not stop the uninstall. */
  runPreUninstall(): Promise<void>;
}

/** The platform of a workspace on which the app may be uninstalled and installed again. */
export interface InstallablePlatform extends LocalPlatform {
  readonly isInstalled: boolean;
  /**
   * Runs the pre-uninstall functions, whose failure stops nothing, and then ends the installation: its storage, queue
   * and web triggers are out of reach from then on. @throws Error when the app is not installed.
   */
  uninstall(): Promise<void>;
  /** Begins a new installation with empty storage and delivers `avi:forge:installed:app`. @throws Error when installed. */
  install(installerAccountId?: string): Promise<void>;
}
