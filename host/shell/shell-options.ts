import type { BitbucketStandIn } from '../bitbucket/types';
import type { HostClock } from '../clock';
import type { Control } from '../control/control';
import type { OpenIssue } from '../control/server-issues';
import type { Faults } from '../faults';
import type { MergeChecks } from '../merge-checks';
import type { InstallablePlatform } from '../platform/types';
import type { Traffic } from '../traffic';
import type { Access } from './access';
import type { CspViolation } from './frame/csp-violations';
import type { FrameRegistry } from './frame/registry';
import type { LiveUpdates } from './live-updates';
import type { ShellManifest } from './manifest';
import type { ModuleFrames } from './modules';

/** What the shell's pages are made from. */
export interface ShellServices {
  readonly origin: string;
  /** Origin of the app's frames. */
  readonly frameOrigin: string;
  /** Host names that stand-ins answer for. */
  readonly standIns: readonly string[];
  readonly projectRoot: string;
  readonly bitbucket: BitbucketStandIn;
  readonly platform: InstallablePlatform;
  readonly clock: HostClock;
  readonly traffic: Traffic;
  readonly faults: Faults;
  readonly manifest: ShellManifest;
  readonly registry: FrameRegistry;
  readonly modules: ModuleFrames;
  readonly mergeChecks: MergeChecks;
  readonly access: Access;
  readonly live: LiveUpdates;
  readonly control: Control;
  readonly violations: readonly CspViolation[];
  /** Open issues on the analysis server, for the control panel; absent where the server is a real one. */
  readonly openIssues: (() => Promise<readonly OpenIssue[]>) | undefined;
  /** Takes over what moved on disk and lets the pipeline run; answers the pull requests that changed. */
  readonly push: (repositoryUuid: string) => Promise<readonly number[]>;
}
