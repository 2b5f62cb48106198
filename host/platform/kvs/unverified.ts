/**
 * What Atlassian does not document and this emulation had to decide. Code of the app must not depend on any of it;
 * each line is a question for a real workspace. Decided by the shape of the code, so without a constant:
 * - A value that has expired and can still be read blocks `FAIL_IF_EXISTS` and is what conditions see (`slot.ts`).
 * - A later write without a TTL takes the old TTL away (`records.ts`).
 * - A page that is full carries a cursor even when nothing follows (`query.ts`, `entity-query.ts`).
 * - Pages of the plain query come in the order of their keys (`query.ts`).
 * - Options of an item in a batch or transaction are `ttl` (and `metadataFields` in `batch/get`), nothing else (`options.ts`).
 */
export const Unverified = {
  /** Answer without the scope `storage:app`. */
  scopeMissing: { status: 403, code: 'FORBIDDEN' },
  /** Answer when `FAIL_IF_EXISTS` meets a value. */
  keyExists: { status: 400, code: 'KEY_ALREADY_EXISTS' },
  /** Answer when a condition or check of a transaction does not hold. */
  conditionFailed: { status: 400, code: 'TRANSACTION_CONDITION_FAILED' },
  /** Answer to a body, option or page cursor of the wrong form. */
  invalidRequest: { status: 400, code: 'INVALID_REQUEST' },
  invalidCursor: { status: 400, code: 'INVALID_CURSOR' },
  /** Answer to a value that is null or missing. */
  invalidValue: { status: 400, code: 'INVALID_VALUE' },
  /** Answer to too many, too few, repeated or too large items in a batch or transaction. */
  invalidItems: { status: 400, code: 'INVALID_REQUEST_ITEMS' },
  /** Code beside the documented status 422. */
  attributeNotFilterable: { status: 422, code: 'ATTRIBUTE_NOT_FILTERABLE' },
  /** Answer to more than 100 conditions. */
  tooManyConditions: { status: 400, code: 'INVALID_FILTER_VALUES' },
  /** Answer to an operation that this emulation does not know. */
  unknownOperation: { status: 404, code: 'UNKNOWN_OPERATION' },
  /**
   * An attribute that is missing fulfils `NOT_EXISTS` and nothing else, `NOT_EQUAL_TO` and `NOT_CONTAINS` included.
   * A missing entity counts as one whose attributes are all missing.
   */
  missingAttributeFulfils: 'NOT_EXISTS',
} as const;
