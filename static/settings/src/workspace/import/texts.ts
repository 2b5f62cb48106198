import type { ImportContent, ImportItem, ImportItemState, ImportRunView } from '@contracts/imports';
import type { IconName } from '../../../../shared/components/icon';
import type { Tone } from '../../../../shared/components/lozenge';

interface StateText {
  readonly word: string;
  readonly tone: Tone;
  readonly icon: IconName;
}

export const stateTexts: Readonly<Record<ImportItemState, StateText>> = {
  pending: { word: 'To do', tone: 'neutral', icon: 'dash' },
  working: { word: 'At work', tone: 'information', icon: 'clock' },
  done: { word: 'Imported', tone: 'success', icon: 'check' },
  skipped: { word: 'Skipped', tone: 'neutral', icon: 'prohibited' },
  conflict: { word: 'Decide', tone: 'warning', icon: 'question' },
  failed: { word: 'Failed', tone: 'danger', icon: 'cross' },
};

export const treatmentTexts: Readonly<Record<ImportContent['treatment'], string>> = {
  copied: 'Copied',
  linked: 'Linked',
  stays: 'Stays in Bitbucket',
  notAvailable: 'Not available',
};

/** What is done for an item, in a few words. */
export function toDeed({ action, state, projectKey }: ImportItem): string {
  if (state === 'skipped') return 'Nothing is done';
  if (state === 'done') return `Bound to the project ${projectKey}`;
  return action === 'adopt' ? `Use the project ${projectKey}` : `Make the project ${projectKey}`;
}

/** The title of a run. */
export function toTitle({ state, connectionName, outcome, operation }: ImportRunView): string {
  if (operation?.kind === 'undoImport' && operation.state === 'running') {
    return `Taking back the import into ${connectionName}`;
  }
  if (state === 'planning') return `Planning an import into ${connectionName}`;
  if (state === 'ready') return `Plan of an import into ${connectionName}`;
  if (state === 'importing') {
    const isRunning = operation?.state === 'running';
    return `${isRunning ? 'Importing' : 'Import'} into ${connectionName}`;
  }
  return outcome === 'completed'
    ? `Import into ${connectionName}: complete`
    : `Import into ${connectionName}: not everything could be done`;
}
