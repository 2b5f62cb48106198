import type { PullRequestIdentity } from '../identifiers';
import type { ProjectAddress } from '../binding';
import type { Publication } from '../publication';

/** What was last written to Bitbucket, one record for each pull request and project. */
export interface PublicationStore {
  find(identity: PullRequestIdentity, project: ProjectAddress): Promise<Publication | undefined>;
  /** As in `BindingStore.save`. */
  save(publication: Publication, expectedSequence: number | undefined): Promise<boolean>;
  /** Safe to repeat. */
  remove(identity: PullRequestIdentity, project: ProjectAddress): Promise<void>;
}
