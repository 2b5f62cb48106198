import type { CallRecord, Credential } from '../call-budget';

export interface CallRecordStore {
  find(credential: Credential): Promise<CallRecord | undefined>;
  /** As in `BindingStore.save`. */
  save(
    credential: Credential,
    record: CallRecord,
    expectedSequence: number | undefined,
  ): Promise<boolean>;
  remove(credential: Credential): Promise<void>;
}

/** Counts the calls of this process on each credential: of the app itself on Bitbucket, of everybody on servers. */
export interface CallMeter {
  count(credential: Credential): number;
  counts(): ReadonlyMap<Credential, number>;
  /** Calls in an hour that Bitbucket allows, once it said so. */
  limit(): number | undefined;
}
