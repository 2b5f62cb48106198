import * as z from 'zod/mini';
import { RepositoryClaim } from './claims';
import { procedure } from './procedure';

/** What the card can show of the main branch; every supported version of the server knows these. */
export const CardMetric = z.enum([
  'coverage',
  'violations',
  'bugs',
  'vulnerabilities',
  'code_smells',
  'security_hotspots',
  'duplicated_lines_density',
  'ncloc',
  'reliability_rating',
  'security_rating',
  'sqale_rating',
  'new_violations',
  'new_coverage',
  'new_duplicated_lines_density',
]);
export type CardMetric = z.infer<typeof CardMetric>;

export const mostCardMetrics = 6;
export const ChosenMetrics = z
  .array(CardMetric)
  .check(z.minLength(1), z.maxLength(mostCardMetrics));

export const BranchState = z.enum(['passed', 'failed', 'none', 'noPermission', 'unreachable']);
export type BranchState = z.infer<typeof BranchState>;

/** A project on its main branch. */
export const CardProject = z.strictObject({
  projectKey: z.string(),
  projectName: z.string(),
  state: BranchState,
  /** One sentence: why this state. */
  reason: z.string(),
  /** The failed conditions in words. */
  failed: z.array(z.string()),
  analysedAt: z.optional(z.string()),
  /** In the order that the viewer chose; without a text the server has no value, which is not 0. */
  measures: z.array(
    z.strictObject({ metric: CardMetric, label: z.string(), text: z.optional(z.string()) }),
  ),
  dashboardUrl: z.optional(z.string()),
});
export type CardProject = z.infer<typeof CardProject>;

export const RepositoryCardView = z.strictObject({
  branch: z.optional(z.string()),
  /** Empty while nothing is bound. */
  projects: z.array(CardProject),
  /** Only said while nothing is bound: this person may bind a project. */
  canBind: z.boolean(),
  chosen: ChosenMetrics,
  offered: z.array(z.strictObject({ metric: CardMetric, label: z.string() })),
  /** When a server was last asked, ISO 8601; absent when never. */
  checkedAt: z.optional(z.string()),
  now: z.string(),
});
export type RepositoryCardView = z.infer<typeof RepositoryCardView>;

export const repositoryCardProcedures = {
  'repositoryCard.view': procedure('repositoryReader', 'read', RepositoryClaim, RepositoryCardView),
  /** For the caller alone, on every repository. */
  'repositoryCard.chooseMetrics': procedure(
    'repositoryReader',
    'draft',
    z.extend(RepositoryClaim, { metrics: ChosenMetrics }),
    z.strictObject({}),
  ),
} as const;
