/** Limits of Code Insights and build statuses (bitbucket.md 9 and 10). */
export const PublicationLimits = {
  annotationsPerReport: 1_000,
  annotationsPerCall: 100,
  summaryCharacters: 450,
  titleCharacters: 200,
  detailsCharacters: 2_000,
  fieldCharacters: 200,
  /** Not documented: a cautious bound. */
  pathCharacters: 1_000,
  fields: 10,
  statusNameCharacters: 200,
  statusDescriptionCharacters: 400,
} as const;
