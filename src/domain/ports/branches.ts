import type { CardMetric } from '../../contracts/repository-card';
import type { ProjectAddress } from '../binding';
import type { BranchTruth } from '../branch-truth';

/** What is known of main branches, and what each viewer wants to see of them. */
export interface BranchStore {
  find(project: ProjectAddress): Promise<BranchTruth | undefined>;
  save(project: ProjectAddress, truth: BranchTruth): Promise<void>;
  /** Safe to repeat. */
  remove(project: ProjectAddress): Promise<void>;
  /** `undefined` for who has not chosen. */
  findChosenMetrics(accountId: string): Promise<CardMetric[] | undefined>;
  saveChosenMetrics(accountId: string, metrics: readonly CardMetric[]): Promise<void>;
}
