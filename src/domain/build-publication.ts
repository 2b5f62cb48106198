import type { Issue, ProjectVerdict, VerdictState } from '../contracts/verdict';
import type { SettingValues } from '../contracts/settings';
import { buildAnnotations } from './build-annotations';
import { toDisplayHash } from './commit-hash';
import { toDigest } from './digest';
import { withBraces } from './identifiers';
import { toLine } from './legal-text';
import { decideMerge } from './merge-decision';
import { PublicationLimits } from './publication-limits';
import type {
  BuildStatus,
  DesiredPublication,
  Publication,
  Report,
  ReportField,
} from './publication';
import type { PullRequestAddress } from './ports/bitbucket';
import { toPublicLink } from './public-link';

export interface DesiredInput {
  readonly address: PullRequestAddress;
  readonly connectionId: string;
  readonly verdict: ProjectVerdict;
  /** Every issue that is known. */
  readonly issues: readonly Issue[];
  readonly settings: SettingValues;
  /** Absent when Bitbucket names no source branch. */
  readonly sourceBranch: string | undefined;
  /** What is on this very commit already. */
  readonly stored: Publication | undefined;
}

const results: Readonly<Record<VerdictState, Report['result'] | undefined>> = {
  passed: 'PASSED',
  failed: 'FAILED',
  pending: 'PENDING',
  outdated: 'PENDING',
  notAnalysed: 'PENDING',
  // No data is never PASSED, and nothing failed either.
  notComputed: 'PENDING',
  unreachable: undefined,
  notSupported: undefined,
  unbound: undefined,
};

/** What is to be on Bitbucket for one project of a pull request; `undefined` when what is there is to stay as it is. */
export function buildPublication(input: DesiredInput): DesiredPublication | undefined {
  const { address, connectionId, verdict, settings, stored } = input;
  // A project that the change does not touch has nothing to say on it.
  if (!verdict.isConcerned) return undefined;
  const result = results[verdict.state];
  // While the server cannot be asked, what is known stands; a new head gets its pending report all the same.
  const isFirst = stored?.reportDigest === undefined && verdict.state === 'unreachable';
  if (result === undefined && !isFirst) return undefined;
  const isFinal = result === 'PASSED' || result === 'FAILED';
  const annotations =
    settings.report === 'on' && settings.annotations === 'on' && isFinal
      ? buildAnnotations(input.issues, verdict.dashboardUrl)
      : [];
  const hasReport = settings.report === 'on';
  return {
    connectionId,
    projectKey: verdict.projectKey,
    reportId: toReportId(address, connectionId, verdict.projectKey),
    ...(hasReport && { report: toReport(input, result ?? 'PENDING', annotations.length) }),
    annotations,
    ...toBuildStatus(input),
  };
}

/** Of our own, so that it stands beside the report that SonarQube itself may write; one for each pull request. */
export function toReportId(
  { pullRequestId }: Pick<PullRequestAddress, 'pullRequestId'>,
  connectionId: string,
  projectKey: string,
): string {
  return `gatehouse-${toDigest([connectionId, projectKey, pullRequestId])}`;
}

function toReport(
  { address, verdict }: DesiredInput,
  result: Report['result'],
  annotationCount: number,
): Report {
  const name = toLine(verdict.projectName, 120) ?? verdict.projectKey;
  const link = toPublicLink(verdict.dashboardUrl);
  return {
    title: `Quality gate of ${name} for #${address.pullRequestId}`.slice(
      0,
      PublicationLimits.titleCharacters,
    ),
    details:
      toLine(toDetails(verdict, result, annotationCount), PublicationLimits.detailsCharacters) ??
      verdict.reason,
    result,
    ...(link !== undefined && { link }),
    data: toFields(verdict, result, link).slice(0, PublicationLimits.fields),
  };
}

function toDetails(
  verdict: ProjectVerdict,
  result: Report['result'],
  annotationCount: number,
): string {
  const { reason, nextStep = '', issueCount, issueCountCapped } = verdict;
  if (result === 'PENDING') return `${reason} ${nextStep}`;
  const left = issueCount - annotationCount;
  const rest =
    annotationCount > 0 && left > 0
      ? ` The ${annotationCount} worst issues are annotated; ${left}${issueCountCapped ? ' or more' : ''} more are on the server.`
      : '';
  return `${reason} ${nextStep}${rest}`;
}

/** What a reader wants first; Bitbucket shows ten at most. */
function toFields(
  { state, conditions, measures, analysedCommit, issueCount }: ProjectVerdict,
  result: Report['result'],
  link: string | undefined,
): ReportField[] {
  if (result === 'PENDING') {
    return [{ title: 'Quality gate', type: 'TEXT', value: 'Not known yet' }, ...toLinkField(link)];
  }
  const failed = conditions.filter((condition) => condition.status === 'failed').slice(0, 3);
  const { newHotspots, newCoverage, newDuplication } = measures;
  return [
    { title: 'Quality gate', type: 'TEXT', value: state === 'passed' ? 'Passed' : 'Failed' },
    ...failed.map(({ label, actualText, requirement, thresholdText }): ReportField => ({
      title: toLine(label, PublicationLimits.fieldCharacters) ?? 'Condition',
      type: 'TEXT',
      value:
        toLine(
          `${actualText}, must be ${requirement} ${thresholdText}`,
          PublicationLimits.fieldCharacters,
        ) ?? 'Failed',
    })),
    { title: 'New issues', type: 'NUMBER', value: measures.newIssues ?? issueCount },
    ...toNumberField('Security hotspots to review', newHotspots),
    ...toPercentField('Coverage on new code', newCoverage?.value),
    ...toPercentField('Duplication on new code', newDuplication?.value),
    ...(analysedCommit === undefined
      ? []
      : [
          {
            title: 'Analysed commit',
            type: 'TEXT' as const,
            value: toDisplayHash(analysedCommit),
          },
        ]),
    ...toLinkField(link),
  ];
}

function toNumberField(title: string, value: number | undefined): ReportField[] {
  return value === undefined ? [] : [{ title, type: 'NUMBER', value }];
}

function toPercentField(title: string, text: string | undefined): ReportField[] {
  const value = Number(text);
  const isPercentage = text !== undefined && text !== '' && value >= 0 && value <= 100;
  return isPercentage ? [{ title, type: 'PERCENTAGE', value }] : [];
}

function toLinkField(link: string | undefined): ReportField[] {
  return link === undefined
    ? []
    : [{ title: 'On the server', type: 'LINK', value: { text: 'Open the analysis', href: link } }];
}

/**
 * The build status, where it is switched on. It says what the merge check says, so that it is never one more obstacle;
 * one that was left behind when it was switched off is closed, as a status cannot be deleted (bitbucket.md 10).
 */
function toBuildStatus({
  address,
  connectionId,
  verdict,
  settings,
  sourceBranch,
  stored,
}: DesiredInput): { readonly buildStatus?: BuildStatus } {
  const earlier = stored?.buildStatus;
  if (settings.buildStatus === 'off') {
    return earlier && earlier.state !== 'STOPPED'
      ? {
          buildStatus: toStopped(earlier, 'The build status of Gatehouse was switched off.'),
        }
      : {};
  }
  if (sourceBranch === undefined) return {};
  const decision = decideMerge([verdict], settings);
  const state =
    settings.buildStatus === 'reportOnly' || decision.success
      ? 'SUCCESSFUL'
      : waiting.has(verdict.state)
        ? 'INPROGRESS'
        : 'FAILED';
  const name = toLine(verdict.projectName, 120) ?? verdict.projectKey;
  return {
    buildStatus: {
      key: toStatusKey(connectionId, verdict.projectKey),
      state,
      name: `Quality gate of ${name}`.slice(0, PublicationLimits.statusNameCharacters),
      description:
        toLine(verdict.reason, PublicationLimits.statusDescriptionCharacters) ?? 'Quality gate',
      url: toPublicLink(verdict.dashboardUrl) ?? toPullRequestLink(address),
      refname: sourceBranch,
    },
  };
}

const waiting: ReadonlySet<VerdictState> = new Set(['pending', 'outdated', 'notAnalysed']);

/** 38 characters: a digest, as a cut text would make two projects collide (bitbucket.md 18, no. 10). */
function toStatusKey(connectionId: string, projectKey: string): string {
  return `gatehouse-${toDigest([connectionId, projectKey]).slice(0, 28)}`;
}

/** An earlier status, closed. */
export function toStopped(
  { key, refname, url, name }: NonNullable<Publication['buildStatus']>,
  description: string,
): BuildStatus {
  return { key, refname, url, name, description, state: 'STOPPED' };
}

function toPullRequestLink({
  workspaceUuid,
  repositoryUuid,
  pullRequestId,
}: PullRequestAddress): string {
  const [workspace, repository] = [workspaceUuid, repositoryUuid].map((uuid) =>
    encodeURIComponent(withBraces(uuid)),
  );
  return `https://bitbucket.org/${workspace}/${repository}/pull-requests/${pullRequestId}`;
}
