import type { Annotation, BuildStatus, Report } from '../publication';
import type { CommitAddress } from './bitbucket';

export interface ReportAddress extends CommitAddress {
  readonly reportId: string;
}

/** Code Insights and build statuses, written as the app. Each call may be repeated; each throws a `RemoteError`. */
export interface CodeInsights {
  /** Creates the report or replaces it; its annotations stay. */
  putReport(address: ReportAddress, report: Report): Promise<void>;
  /** Adds or replaces at most 100 annotations. */
  postAnnotations(address: ReportAddress, annotations: readonly Annotation[]): Promise<void>;
  /** One that is not there any more is no error. */
  deleteAnnotation(address: ReportAddress, externalId: string): Promise<void>;
  /** With its annotations; one that is not there any more is no error. */
  deleteReport(address: ReportAddress): Promise<void>;
  /** Creates the status or replaces the one with its key. */
  postBuildStatus(address: CommitAddress, status: BuildStatus): Promise<void>;
}
