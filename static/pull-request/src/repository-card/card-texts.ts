import type { BranchState } from '@contracts/repository-card';
import type { IconName } from '../../../shared/components/icon';
import type { Tone } from '../../../shared/components/lozenge';

interface Look {
  readonly word: string;
  readonly tone: Tone;
  readonly icon: IconName;
}

export const branchLooks: Readonly<Record<BranchState, Look>> = {
  passed: { word: 'Passed', tone: 'success', icon: 'check' },
  failed: { word: 'Failed', tone: 'danger', icon: 'cross' },
  none: { word: 'No gate yet', tone: 'neutral', icon: 'dash' },
  noPermission: { word: 'No permission', tone: 'warning', icon: 'prohibited' },
  unreachable: { word: 'Unreachable', tone: 'warning', icon: 'warning' },
};

export const cardTexts = {
  unbound: 'Not bound',
  bindHere: 'No project analyses this repository yet. Choose one.',
  askAdministrator:
    'No project analyses this repository yet. Ask one of its administrators to bind one in the repository settings, under Quality gate.',
  branch: (name: string) => `Branch ${name}.`,
  checked: 'Checked',
  analysed: 'Analysed',
  notAnalysed: 'Not analysed yet.',
  noValue: 'No value',
  open: 'Open in SonarQube',
  newTab: 'opens in a new tab',

  choose: 'Choose measures',
  upTo: (most: number) => `Up to ${most}, on every repository that you look at.`,
  save: 'Save',
  cancel: 'Cancel',
  saveFailed: 'Your choice was not saved. Try again.',

  connection: 'Connection',
  search: 'Name or key of the project',
  find: 'Search',
  found: (count: number) => (count === 1 ? '1 project' : `${count} projects`),
  takenByOther: 'bound to another repository',
  bind: (name: string) => `Bind ${name}`,
  noConnection: 'No analysis server is connected. Ask a workspace administrator to connect one.',
} as const;
