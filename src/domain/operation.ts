import type { OperationKind, OperationView } from '../contracts/operations';

/** Long work in the queue: recorded before its first step, so that it goes on after a crash. */
export interface Operation {
  readonly operationId: string;
  /** Counts the writes of the record; a write names the one it was made on. */
  readonly sequence: number;
  readonly kind: OperationKind;
  readonly state: OperationView['state'];
  /** The connection that it is about; absent for the whole workspace. */
  readonly connectionId?: string | undefined;
  readonly total?: number | undefined;
  readonly done: number;
  readonly failed: number;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly finishedAt?: string | undefined;
  /** Account id of who started it; `app` for the app itself. */
  readonly startedBy: string;
  readonly message: string;
  /** Where the next step goes on; opaque to everyone but the operation. */
  readonly cursor?: string | undefined;
}
