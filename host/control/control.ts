import type { BitbucketStandIn, BitbucketUser } from '../bitbucket/types';
import type { HostClock } from '../clock';
import type { FaultRule, Faults } from '../faults';
import type { InstallablePlatform } from '../platform/types';
import type { SonarQubeStandIn } from '../sonarqube/types';

/** What the control panel can do to the machinery under the app, and what it has done so far. */
export interface Control {
  /** How token values reach frames that enable theming; both ways exist because Forge does not say which it uses. */
  themeDelivery: 'adoptedStyleSheet' | 'style';
  readonly queueHeld: boolean;
  readonly tasksHeld: boolean;
  readonly queuePending: number;
  readonly faults: readonly FaultRule[];
  moveClock(ms: number): Promise<void>;
  holdQueue(hold: boolean): void;
  holdTasks(hold: boolean): void;
  deliverNextTwice(): void;
  fail(rule: FaultRule): void;
  uninstall(): Promise<void>;
  install(): Promise<void>;
  /** `name` counts for `rename` only. */
  changeRepository(
    repositoryUuid: string,
    change: 'rename' | 'move' | 'visibility' | 'transfer' | 'delete',
    name: string,
  ): void;
  setRole(accountId: string, role: BitbucketUser['workspaceRole']): void;
  clearFaults(): void;
  setFork(
    repositoryUuid: string,
    pullRequestId: number,
    fork: 'none' | 'fork' | 'deletedFork',
  ): void;
  acceptIssue(projectKey: string, pullRequestKey: string, issueKey: string): Promise<void>;
}

interface ControlOptions {
  readonly clock: HostClock;
  readonly faults: Faults;
  readonly platform: InstallablePlatform;
  readonly bitbucket: BitbucketStandIn;
  readonly sonarqube: SonarQubeStandIn;
}

export function createControl(options: ControlOptions): Control {
  const { clock, faults, platform, bitbucket, sonarqube } = options;
  let queueHeld = false;
  let tasksHeld = false;
  return {
    themeDelivery: 'adoptedStyleSheet',
    get queueHeld() {
      return queueHeld;
    },
    get tasksHeld() {
      return tasksHeld;
    },
    get queuePending() {
      return platform.queue.pending;
    },
    get faults() {
      return faults.active;
    },
    moveClock: (ms) => clock.advance(ms),
    holdQueue(hold) {
      queueHeld = hold;
      if (hold) platform.queue.pause();
      else platform.queue.resume();
    },
    holdTasks(hold) {
      tasksHeld = hold;
      if (hold) sonarqube.pauseTasks();
      else sonarqube.resumeTasks();
    },
    deliverNextTwice: () => platform.queue.deliverNext(2),
    fail(rule) {
      faults.add(rule);
    },
    uninstall: () => platform.uninstall(),
    install: () => platform.install(),
    changeRepository(uuid, change, name) {
      const repository = bitbucket.repositories().find((one) => one.uuid === uuid);
      if (!repository) throw new Error('There is no such repository.');
      switch (change) {
        case 'rename':
          if (name === '') throw new Error('Give the repository a name.');
          bitbucket.rename(uuid, name);
          return;
        case 'move': {
          const at = bitbucket.projects.findIndex(({ key }) => key === repository.projectKey);
          const next = bitbucket.projects[(at + 1) % bitbucket.projects.length];
          if (next) bitbucket.moveToProject(uuid, next.key);
          return;
        }
        case 'visibility':
          bitbucket.setVisibility(uuid, !repository.isPrivate);
          return;
        case 'transfer':
          bitbucket.transferOut(uuid);
          return;
        case 'delete':
          bitbucket.deleteRepository(uuid);
      }
    },
    setRole: (accountId, role) => bitbucket.setWorkspaceRole(accountId, role),
    clearFaults: () => faults.clear(),
    setFork: (uuid, id, fork) => bitbucket.setFork(uuid, id, fork),
    acceptIssue: (project, pullRequest, issue) => sonarqube.accept(project, pullRequest, issue),
  };
}
