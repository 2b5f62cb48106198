import type { Condition, ProjectVerdict, VerdictState } from '../contracts/verdict';
import type { SettingName, SettingValues } from '../contracts/settings';
import { toFamilySetting } from './condition-family';

/** What Bitbucket is told. */
export interface MergeDecision {
  readonly success: boolean;
  /** One line of plain text. */
  readonly message: string;
}

type Cause = Exclude<VerdictState, 'passed'>;

/** The setting of each cause (design.md section 3). */
export const causeSettings = {
  failed: 'whenFailed',
  pending: 'whenPending',
  outdated: 'whenOutdated',
  notAnalysed: 'whenNotAnalysed',
  notComputed: 'whenNotComputed',
  unreachable: 'whenUnreachable',
  unbound: 'whenUnbound',
  notSupported: 'whenNotSupported',
} as const satisfies Record<Cause, SettingName>;

const conditionsNamed = 3;
/** Nothing documents how long a message may be; a short line is readable everywhere (forge.md 2.5). */
const messageCharacters = 400;
const retryHint = 'Try the merge again in a few minutes.';

/** What one project says about the merge. */
interface ProjectDecision {
  readonly project: ProjectVerdict;
  readonly success: boolean;
  readonly text: string;
}

/** A merge without a binding. */
export function decideUnbound(settings: SettingValues): MergeDecision {
  return settings.whenUnbound === 'pass'
    ? { success: true, message: 'This repository is not bound to an analysis project.' }
    : {
        success: false,
        message:
          'This repository is not bound to an analysis project. A repository administrator can bind one in its settings.',
      };
}

/** What is answered when the truth could not be read in time, or at all: the setting of the cause decides. */
export function decideUnreachable(
  settings: Pick<SettingValues, 'whenUnreachable'>,
  why: string,
): MergeDecision {
  return settings.whenUnreachable === 'pass'
    ? { success: true, message: `Not checked: ${why} The settings let this pass.` }
    : { success: false, message: `${why} ${retryHint}` };
}

/**
 * Whether a pull request may be merged, from the verdicts of its projects and the choices of the administrators. One
 * project that blocks is enough. No data is never a pass by itself: each cause has its own setting.
 */
export function decideMerge(
  all: readonly ProjectVerdict[],
  settings: SettingValues,
): MergeDecision {
  const projects = all.filter(({ isConcerned }) => isConcerned);
  if (all.length > 0 && projects.length === 0) {
    return {
      success: true,
      message: 'The pull request changes nothing in the folders of the bound projects.',
    };
  }
  const decisions = projects.map((project) => decideProject(project, settings));
  const blocking = decisions.filter(({ success }) => !success);
  const told = blocking.length > 0 ? blocking : decisions.filter(({ text }) => text !== '');
  const first = told.at(0);
  if (!first) return { success: true, message: 'The quality gate passed.' };
  const named = all.length === 1 ? first.text : `${first.project.projectName}: ${first.text}`;
  const others =
    told.length === 1
      ? ''
      : ` ${told.length - 1} more project${told.length === 2 ? '' : 's'} of this repository ${blocking.length > 0 ? 'block too' : 'have a note'}.`;
  return { success: blocking.length === 0, message: toLine(named + others, first.project) };
}

function decideProject(project: ProjectVerdict, settings: SettingValues): ProjectDecision {
  const { state } = project;
  if (state === 'passed') return { project, success: true, text: '' };
  if (state === 'failed') return decideFailed(project, settings);
  const success = settings[causeSettings[state]] === 'pass';
  const step = state === 'unreachable' ? retryHint : (project.nextStep ?? '');
  return success
    ? { project, success, text: `Not blocked by the settings. ${project.reason}` }
    : { project, success, text: `${project.reason} ${withSetting(state, step)}`.trim() };
}

/** A fork or an edition without pull requests is nothing that the author can repair: the setting is named. */
function withSetting(state: Cause, step: string): string {
  return state === 'notSupported'
    ? `${step} Administrators can let such merges pass in the settings of Gatehouse.`
    : step;
}

function decideFailed(project: ProjectVerdict, settings: SettingValues): ProjectDecision {
  const failed = project.conditions.filter(({ status }) => status === 'failed');
  const modes = failed.map((condition) => settings[toFamilySetting(condition.metricKey)]);
  const withMode = (mode: string) => failed.filter((_, index) => modes[index] === mode);
  const blocking = withMode('block');
  const warning = withMode('warn');
  // A gate that failed without naming a condition is as failed as any.
  const isBlocked = settings.whenFailed === 'block' && (blocking.length > 0 || failed.length === 0);
  if (isBlocked) {
    return { project, success: false, text: `The quality gate failed${toList(blocking)}.` };
  }
  if (settings.whenFailed === 'pass') {
    return {
      project,
      success: true,
      text: `The quality gate failed${toList(failed)}. The settings let this pass.`,
    };
  }
  const text =
    warning.length > 0
      ? `Warning: the quality gate failed${toList(warning)}. The settings do not block for this.`
      : 'The quality gate failed only on conditions that the settings ignore.';
  return { project, success: true, text };
}

function toList(conditions: readonly Condition[]): string {
  if (conditions.length === 0) return '';
  const named = conditions
    .slice(0, conditionsNamed)
    .map(
      ({ label, actualText, requirement, thresholdText }) =>
        `${label} is ${actualText} (${requirement} ${thresholdText})`,
    );
  const rest = conditions.length - named.length;
  return `: ${named.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`;
}

/** One line with its link, cut where it is too long; the link stays whole. */
function toLine(text: string, { dashboardUrl }: ProjectVerdict): string {
  const link = dashboardUrl === undefined ? '' : ` ${dashboardUrl}`;
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length <= messageCharacters
    ? line + link
    : `${line.slice(0, messageCharacters - 1)}…${link}`;
}
