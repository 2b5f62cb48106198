import { toDigest } from './digest';
import type { Annotation, BuildStatus, DesiredPublication, Publication } from './publication';

/** What has to be written, so that Bitbucket shows what is wanted. */
export interface PublicationDiff {
  readonly isReportNew: boolean;
  readonly isReportChanged: boolean;
  readonly changedAnnotations: readonly Annotation[];
  /** External ids that are, or may be, on Bitbucket and are not wanted any more. */
  readonly staleIds: readonly string[];
  readonly buildStatus: BuildStatus | undefined;
}

/**
 * The difference between what is wanted and what was last written to the same commit. After an interrupted run nothing is
 * certain, so everything is written again; every write replaces what it finds.
 */
export function diffPublication(
  desired: DesiredPublication,
  stored: Publication | undefined,
): PublicationDiff {
  const isCertain = stored?.state === 'written';
  const known = stored?.annotations ?? {};
  const wanted = new Set(desired.annotations.map(({ externalId }) => externalId));
  return {
    isReportNew: desired.report !== undefined && stored?.reportDigest === undefined,
    isReportChanged:
      desired.report !== undefined &&
      !(isCertain && stored.reportDigest === toDigest(desired.report)),
    changedAnnotations: desired.annotations.filter(
      (annotation) => !(isCertain && known[annotation.externalId] === toDigest(annotation)),
    ),
    // Without a report there are no annotations, and those of one that was switched off are left where they are.
    staleIds: desired.report ? Object.keys(known).filter((id) => !wanted.has(id)) : [],
    buildStatus:
      desired.buildStatus &&
      !(isCertain && stored.buildStatus?.digest === toDigest(desired.buildStatus))
        ? desired.buildStatus
        : undefined,
  };
}

export function isNothing(diff: PublicationDiff): boolean {
  return (
    !diff.isReportChanged &&
    diff.changedAnnotations.length === 0 &&
    diff.staleIds.length === 0 &&
    diff.buildStatus === undefined
  );
}
