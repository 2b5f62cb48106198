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

/** Counts what the app itself calls on Bitbucket in this invocation. */
export interface CallMeter {
  count(): number;
  /** Calls in an hour that Bitbucket allows, once it said so. */
  limit(): number | undefined;
}
