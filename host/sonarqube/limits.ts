/** Limits of SonarQube's Web API, as its own endpoint list publishes them. */
export const SonarQubeLimits = {
  resultsPerPage: 500,
  tasksPerPage: 1_000,
  resultWindow: 10_000,
  webhooksPerScope: 10,
  webhookNameLength: 100,
  webhookUrlLength: 512,
  webhookSecretMinimum: 16,
  webhookSecretMaximum: 200,
  webhookTimeoutMs: 10_000,
  projectKeyLength: 400,
  projectNameLength: 500,
  /** Analyses that run at once; those of one project run one after the other. */
  tasksAtOnce: 2,
  /** Below this many new lines, coverage and duplication are not enforced. */
  smallChangeLines: 20,
} as const;
