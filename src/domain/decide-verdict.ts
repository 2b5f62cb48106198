import type { ProjectVerdict, VerdictState } from '../contracts/verdict';
import { isSameCommit, toDisplayHash } from './commit-hash';
import type { Analysis, ProjectTruth } from './project-truth';
import type { GateStatus } from './quality-gate';

/** What a truth is judged against. */
export interface Judged {
  /** Head commit as known now; absent when Bitbucket names none. */
  readonly headHash?: string | undefined;
  /** ISO 8601: the head was pushed at this time or before; absent when that is not known. */
  readonly headSince?: string | undefined;
  readonly insistOnCommit: boolean;
}

export interface Decision {
  readonly state: VerdictState;
  readonly reason: string;
  readonly nextStep?: string | undefined;
  readonly commitSource?: ProjectVerdict['commitSource'];
  readonly lastKnown?: ProjectVerdict['lastKnown'];
}

const runAnalysis = 'Run the analysis of this pull request in your pipeline.';

/**
 * Decides what the facts mean for the head commit (design.md section 3). `passed` needs a gate that is OK and an analysis
 * of exactly this commit; missing data is never `passed`.
 */
export function decideVerdict(truth: ProjectTruth, judged: Judged): Decision {
  const lastKnown = toLastKnown(truth);
  if (truth.failure) {
    return {
      state: 'unreachable',
      reason: `The analysis server cannot be asked. ${truth.failure.message}`,
      nextStep: 'Refresh in a few minutes. The last known verdict stays until the server answers.',
      lastKnown,
    };
  }
  switch (truth.presence) {
    case undefined:
      return {
        state: 'notAnalysed',
        reason: 'The analysis server has not been asked about this pull request yet.',
        nextStep: 'Wait a moment, or refresh.',
      };
    case 'noPullRequestAnalysis':
      return {
        state: 'notSupported',
        reason: 'This edition of the analysis server does not analyse pull requests.',
        nextStep: 'Use SonarQube Cloud, or Developer Edition or higher of SonarQube Server.',
      };
    case 'noProject':
      return {
        state: 'notAnalysed',
        reason: `The analysis server has no project with the key "${truth.projectKey}", or its token may not see it.`,
        nextStep:
          'Ask a repository administrator to bind this repository to a project that exists.',
      };
    case 'noPullRequest':
      return decideWithoutAnalysis(truth);
    case 'analysed':
      return decideAnalysed(truth, judged, lastKnown);
    default:
      return truth.presence satisfies never;
  }
}

function isRunning({ task }: ProjectTruth): boolean {
  return task?.status === 'PENDING' || task?.status === 'IN_PROGRESS';
}

/** The server knows the pull request from a task alone, as when its first analysis failed: no gate, commit or time. */
function isNeverAnalysed({ analysis, gate }: ProjectTruth): boolean {
  const hasGate = gate?.status === 'OK' || gate?.status === 'WARN' || gate?.status === 'ERROR';
  return !hasGate && analysis?.commit === undefined && analysis?.at === undefined;
}

function decideWithoutAnalysis(truth: ProjectTruth): Decision {
  if (isRunning(truth)) return pending(truth);
  const failed = toFailedTask(truth);
  return failed
    ? {
        state: 'notAnalysed',
        reason: `${failed} There is no earlier analysis of this pull request.`,
        nextStep: 'Repair what the message says, then run the analysis again.',
      }
    : {
        state: 'notAnalysed',
        reason: 'The analysis server has no analysis of this pull request.',
        nextStep: runAnalysis,
      };
}

function decideAnalysed(
  truth: ProjectTruth,
  judged: Judged,
  lastKnown: ProjectVerdict['lastKnown'],
): Decision {
  if (isRunning(truth)) return { ...pending(truth), lastKnown };
  const { analysis = {}, gate } = truth;
  if (isNeverAnalysed(truth)) return decideWithoutAnalysis(truth);
  const match = matchHead(analysis, judged);
  if (!match.counts) {
    const failed = toFailedTask(truth);
    return {
      state: 'outdated',
      reason: failed ? `${failed} ${match.reason}` : match.reason,
      nextStep: failed
        ? 'Repair what the message says, then run the analysis again.'
        : 'Run the analysis for the head commit in your pipeline.',
      commitSource: analysis.commitSource,
      lastKnown,
    };
  }
  return { ...decideGate(gate?.status, truth), commitSource: match.commitSource };
}

function pending({ task }: ProjectTruth): Decision {
  return {
    state: 'pending',
    reason:
      task?.status === 'IN_PROGRESS'
        ? 'The analysis is running on the server.'
        : 'The analysis waits in the queue of the server.',
    nextStep: 'Wait for the analysis to end; this page updates by itself.',
  };
}

function decideGate(status: GateStatus | undefined, truth: ProjectTruth): Decision {
  switch (status) {
    case 'OK':
      return {
        state: 'passed',
        reason: 'Every condition of the quality gate holds for the head commit.',
      };
    case 'WARN':
      return {
        state: 'passed',
        reason: 'The quality gate passed with a warning for the head commit.',
      };
    case 'ERROR':
      return { state: 'failed', reason: toFailedReason(truth), nextStep: toRepair(truth) };
    case 'NONE':
    case 'UNKNOWN':
    case undefined:
      return {
        state: 'notComputed',
        reason: 'The head commit was analysed, and the server computed no quality gate for it.',
        nextStep:
          'Assign a quality gate with conditions on new code to the project, then run the analysis again.',
      };
    default:
      return status satisfies never;
  }
}

function toFailedReason({ gate }: ProjectTruth): string {
  const conditions = gate?.conditions ?? [];
  const failed = conditions.filter(({ status }) => status === 'ERROR').length;
  if (failed === 0) return 'The quality gate failed for the head commit.';
  return `${failed} of ${conditions.length} conditions of the quality gate ${failed === 1 ? 'does' : 'do'} not hold for the head commit.`;
}

function toRepair({ gate }: ProjectTruth): string {
  const failed = gate?.conditions.filter(({ status }) => status === 'ERROR') ?? [];
  const isAbout = (word: RegExp) => failed.some(({ metricKey }) => word.test(metricKey));
  const steps = [
    ...(isAbout(/violations|issue|bugs|vulnerabilities|code_smells|rating/)
      ? ['fix the new issues']
      : []),
    ...(isAbout(/coverage|uncovered/) ? ['cover the new lines with tests'] : []),
    ...(isAbout(/duplicated/) ? ['remove the duplication'] : []),
    ...(isAbout(/hotspots/) ? ['review the new security hotspots'] : []),
  ];
  const text = steps.length > 0 ? steps.join(', ') : 'repair what the failed conditions name';
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}, then push.`;
}

function toFailedTask({ task }: ProjectTruth): string | undefined {
  if (task?.status === 'FAILED') return 'The newest analysis failed on the server.';
  if (task?.status === 'CANCELED') return 'The newest analysis was cancelled on the server.';
  return undefined;
}

type HeadMatch =
  | { readonly counts: true; readonly commitSource: NonNullable<ProjectVerdict['commitSource']> }
  | { readonly counts: false; readonly reason: string };

function matchHead({ commit, commitSource, parents, at }: Analysis, judged: Judged): HeadMatch {
  const { headHash, headSince, insistOnCommit } = judged;
  if (headHash === undefined) {
    return {
      counts: false,
      reason: 'Bitbucket names no head commit of this pull request any more.',
    };
  }
  if (commit !== undefined) {
    return isSameCommit(commit, headHash) || isMergeOf(parents, headHash)
      ? { counts: true, commitSource: commitSource ?? 'server' }
      : {
          counts: false,
          reason: `The newest analysis is of commit ${toDisplayHash(commit)}, and the head is ${toDisplayHash(headHash)}.`,
        };
  }
  if (insistOnCommit) {
    return {
      counts: false,
      reason:
        'The server did not report which commit it analysed, and this repository insists on it.',
    };
  }
  const isNewer =
    at !== undefined && headSince !== undefined && Date.parse(at) > Date.parse(headSince);
  return isNewer
    ? { counts: true, commitSource: 'notReported' }
    : { counts: false, reason: 'The newest analysis is older than the head commit.' };
}

/** Pipelines that merge the destination in before they analyse report the merge commit, of which the head is a parent. */
function isMergeOf(parents: readonly string[] = [], headHash: string): boolean {
  return parents.length > 1 && parents.some((parent) => isSameCommit(parent, headHash));
}

/** What the gate last said, for the commit that it said it of. */
function toLastKnown({
  gate,
  analysis,
  failure,
  checkedAt,
}: ProjectTruth): ProjectVerdict['lastKnown'] {
  if (!gate) return undefined;
  const state = {
    OK: 'passed',
    WARN: 'passed',
    ERROR: 'failed',
    NONE: 'notComputed',
    UNKNOWN: 'notComputed',
  } as const;
  return {
    state: state[gate.status],
    ...(analysis?.commit !== undefined && { commit: analysis.commit }),
    // A question that failed says nothing, so its time must not make the verdict look younger.
    at: analysis?.at ?? failure?.since ?? checkedAt,
  };
}
