/** At most so many repositories are named one by one; more are chosen by a filter. */
export const mostNamedRepositories = 1_000;

/** Repositories that an import works on at once. */
export const mostParallel = 8;
export const usualParallel = 4;
