import type { AnalysisTask, Issue, Measures } from '../contracts/verdict';
import { isFullHash } from '../domain/commit-hash';
import type {
  AnalysisServer,
  IssueList,
  ListedPullRequest,
  PullRequestOnServer,
} from '../domain/ports/analysis-server';
import { sortIssues } from '../domain/issue-severity';
import type { Analysis, Presence, ProjectTruth } from '../domain/project-truth';
import { isSameGate, type QualityGate } from '../domain/quality-gate';
import { RemoteForbiddenError, RemoteNotFoundError } from '../errors/remote-errors';

/** What a signed delivery said; it only helps to tell which commit was analysed. */
export interface DeliveryHint {
  readonly revision?: string | undefined;
  readonly analysedAt?: string | undefined;
}

export interface ProjectReading {
  readonly presence: Presence;
  readonly gate?: QualityGate | undefined;
  readonly analysis?: Analysis | undefined;
  readonly task?: AnalysisTask | undefined;
  readonly measures: Measures;
  /** All that the server gave, worst first. */
  readonly issues: readonly Issue[];
  readonly issueCount: number;
  readonly issueCountCapped: boolean;
}

export interface ReadProjectInput {
  readonly target: PullRequestOnServer;
  /** What is stored of the project. */
  readonly stored: ProjectTruth | undefined;
  /** The stored facts are an end state of the head commit, so that an unchanged gate means that nothing changed. */
  readonly isSettled: boolean;
  /** Leaves measures, issues and hotspots out. */
  readonly isGateOnly?: boolean;
  readonly hint: DeliveryHint | undefined;
}

const nothing = { measures: {}, issues: [], issueCount: 0, issueCountCapped: false } as const;

/**
 * Reads the truth about one project from its server. An unchanged end state costs one call, everything else at most six
 * (and one more when an analysis ends in the middle). `unchanged` means that the stored facts still hold.
 * @throws {RemoteError} when the server cannot tell.
 */
export async function readProject(
  server: AnalysisServer,
  input: ReadProjectInput,
): Promise<ProjectReading | 'unchanged'> {
  const { target, stored, isSettled } = input;
  const gate = await server.findGate(target);
  if (isSettled && gate && !isNewAnalysis(input) && isSameGate(gate, stored?.gate)) {
    return 'unchanged';
  }
  return gate ? readAnalysed(server, gate, input) : readWithoutGate(server, target);
}

/** A delivery speaks of an analysis that is not the stored one, or of a task that ended without an analysis. */
function isNewAnalysis({ hint, stored }: ReadProjectInput): boolean {
  return hint !== undefined && hint.analysedAt !== stored?.analysis?.at;
}

async function readAnalysed(
  server: AnalysisServer,
  firstGate: QualityGate,
  { target, stored, hint, isGateOnly = false }: ReadProjectInput,
): Promise<ProjectReading> {
  const [listed, task, measures, issues, hotspots] = await Promise.all([
    server.listPullRequests(target.projectKey),
    unlessForbidden(server.findTask(target)),
    isGateOnly ? undefined : unlessForbidden(server.readMeasures(target)),
    isGateOnly ? undefined : unlessForbidden(server.listIssues(target)),
    isGateOnly ? undefined : unlessForbidden(server.listHotspots(target)),
  ]);
  const own = listed?.find(({ key }) => key === String(target.pullRequestId));
  // An analysis may have ended between the two calls: a gate that was read before the commit must not be its verdict.
  const isInStep = own?.gateStatus === undefined || own.gateStatus === firstGate.status;
  const gate = isInStep ? firstGate : await server.findGate(target);
  const analysis = toAnalysis(own, stored, hint);
  return {
    presence: 'analysed',
    gate,
    analysis,
    task: toShownTask(task, analysis),
    measures: measures ?? {},
    ...joinIssues(issues, hotspots),
  };
}

/** The server knows no gate of the pull request: finds out which of the reasons it is. */
async function readWithoutGate(
  server: AnalysisServer,
  target: PullRequestOnServer,
): Promise<ProjectReading> {
  const [listed, task] = await Promise.all([
    server.listPullRequests(target.projectKey),
    unlessUnknown(unlessForbidden(server.findTask(target))),
  ]);
  if (listed) return { ...nothing, presence: 'noPullRequest', task };
  // An edition without pull requests does not know the operation and answers as for a missing project.
  const project = await unlessForbidden(server.findProject(target.projectKey));
  return { ...nothing, presence: project ? 'noPullRequestAnalysis' : 'noProject' };
}

/** The list answers for a project that is missing; the task of one is nothing. */
async function unlessUnknown<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof RemoteNotFoundError) return undefined;
    throw error;
  }
}

/** Tokens that may only analyse see the gate and little else: then the rest is left out (sonarqube.md 2). */
async function unlessForbidden<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof RemoteForbiddenError) return undefined;
    throw error;
  }
}

/** The analysed commit from the server, else from a signed delivery about this very analysis. */
function toAnalysis(
  own: ListedPullRequest | undefined,
  stored: ProjectTruth | undefined,
  hint: DeliveryHint | undefined,
): Analysis {
  const at = own?.analysedAt;
  const time = at === undefined ? {} : { at };
  if (own?.commit !== undefined) return { ...time, commit: own.commit, commitSource: 'server' };
  const { revision } = hint ?? {};
  if (at === undefined) return time;
  if (revision !== undefined && isFullHash(revision) && hint?.analysedAt === at) {
    return { ...time, commit: revision, commitSource: 'webhook' };
  }
  const earlier = stored?.analysis;
  const isSameAnalysis = earlier?.at === at && earlier.commitSource === 'webhook';
  return isSameAnalysis ? earlier : time;
}

/** A task that ended badly is told of as long as no analysis came after it. */
function toShownTask(task: AnalysisTask | undefined, { at }: Analysis): AnalysisTask | undefined {
  const endedAt = task?.endedAt;
  const isOver = task?.status === 'FAILED' || task?.status === 'CANCELED';
  if (!isOver || at === undefined || endedAt === undefined) return task;
  return Date.parse(endedAt) >= Date.parse(at) ? task : undefined;
}

function joinIssues(issues: IssueList | undefined, hotspots: IssueList | undefined) {
  return {
    issues: sortIssues([...(issues?.issues ?? []), ...(hotspots?.issues ?? [])]),
    issueCount: (issues?.total ?? 0) + (hotspots?.total ?? 0),
    issueCountCapped: (issues?.isCapped ?? false) || (hotspots?.isCapped ?? false),
  };
}
