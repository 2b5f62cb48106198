import type { WorkspaceOverview } from '../../contracts/workspace';
import { toFirstRunSteps } from '../../domain/first-run';
import { toOperationView } from '../../domain/operation';
import type { Clock } from '../../domain/ports/clock';
import type {
  BindingStore,
  ConnectionStore,
  FindingStore,
  OperationStore,
  Page,
  VerdictStore,
} from '../../domain/ports/stores';
import { scopeTexts } from '../../domain/scopes';
import { howToBecomeOwner } from '../authorize';
import type { ProvenCaller } from '../caller';
import { toConnectionView } from '../connections/to-connection-view';

export interface ViewWorkspaceOptions {
  readonly connections: ConnectionStore;
  readonly bindings: BindingStore;
  readonly verdicts: VerdictStore;
  readonly operations: OperationStore;
  readonly findings: FindingStore;
  readonly clock: Clock;
}

export type ViewWorkspace = (caller: ProvenCaller) => Promise<WorkspaceOverview>;

const countedTo = 100;
const someVerdicts = 5;

/** The first screen of the workspace page. Members are told how to become an owner, and nothing else. */
export function createViewWorkspace(options: ViewWorkspaceOptions): ViewWorkspace {
  const { connections, bindings, verdicts, operations, findings, clock } = options;
  return async ({ membership }) => {
    const { userName, workspaceName } = membership ?? {};
    const actingAs = {
      ...(userName !== undefined && { userName }),
      ...(workspaceName !== undefined && { workspaceName }),
    };
    const nothing = { count: 0, isMore: false };
    if (membership?.role !== 'owner') {
      return {
        role: 'member',
        howToBecomeOwner,
        actingAs,
        steps: [],
        scopes: [],
        connections: [],
        boundProjects: nothing,
        openFindings: nothing,
      };
    }
    const [known, claims, some, [running], open] = await Promise.all([
      connections.list(),
      bindings.listAllClaims({ limit: countedTo }),
      verdicts.listSome(someVerdicts),
      operations.listByState('running', 1),
      findings.list({ limit: countedTo }),
    ]);
    const truths = some.flatMap(({ projects }) => projects);
    return {
      role: 'owner',
      actingAs,
      steps: toFirstRunSteps({
        hasConnection: known.length > 0,
        hasWorkingConnection: known.some(({ health }) => health.state === 'ok'),
        hasBinding: claims.items.length > 0,
        hasGate: truths.some(({ gate }) => gate !== undefined),
        hasVerdict: truths.some(({ analysis }) => analysis !== undefined),
      }),
      scopes: [...scopeTexts],
      connections: known.map((connection) => toConnectionView(connection, clock.nowMs())),
      boundProjects: toCount(claims),
      openFindings: toCount(open),
      ...(running && { runningOperation: toOperationView(running) }),
    };
  };
}

function toCount({ items, nextCursor }: Page<unknown>) {
  return { count: items.length, isMore: nextCursor !== undefined };
}
