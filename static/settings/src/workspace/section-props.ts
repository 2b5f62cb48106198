import type { OperationView } from '@contracts/operations';
import type { WorkspaceOverview } from '@contracts/workspace';

/** What a tab of the workspace page needs. */
export interface WorkspaceSectionProps {
  readonly overview: WorkspaceOverview;
  /** Says what was done, also to those who do not see it, and reads the overview anew. */
  readonly onDone: (sentence: string) => void;
  /** Long work was started: its progress is shown above the tabs. */
  readonly onStarted: (operation: OperationView) => void;
  readonly onGoTo: (tab: TabId) => void;
}

export type TabId =
  | 'overview'
  | 'connections'
  | 'organization'
  | 'import'
  | 'devops'
  | 'settings'
  | 'health'
  | 'audit';
