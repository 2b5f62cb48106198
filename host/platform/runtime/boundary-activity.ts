/** How much of an invocation is on its way to the proxy; the supervisor tells working from waiting by it. */
export const boundaryActivity = {
  /** Calls without an answer so far. */
  pending: 0,
  /** Grows with every call begun and every call answered. */
  changes: 0,
};

/** Counts one call; the answer ends it, and only the first time. */
export function beginBoundaryCall(): () => void {
  let open = true;
  boundaryActivity.pending += 1;
  boundaryActivity.changes += 1;
  return () => {
    if (!open) return;
    open = false;
    boundaryActivity.pending -= 1;
    boundaryActivity.changes += 1;
  };
}
