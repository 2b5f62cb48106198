import type { RepositoryOverview } from '@contracts/repository';

/** What the parts of the page that change something need. */
export interface SectionProps {
  readonly repositoryUuid: string;
  readonly overview: RepositoryOverview;
  /** The repository as it is now, and a sentence that says what was done. */
  readonly onChanged: (changed: RepositoryOverview, sentence: string) => void;
}
