import { randomBytes } from 'node:crypto';

/** What a token stands for: one running invocation. */
export interface Grant {
  readonly invocationId: string;
  readonly functionKey: string;
  /** The acting user; absent when nobody acts. */
  readonly accountId?: string;
  /** The queue event that the invocation consumes; what it pushes is caused by it. */
  readonly eventId?: string;
  /** In host time. */
  readonly startedAt: number;
  /** Outside requests so far in the current minute of run time. */
  outbound: { window: number; count: number };
  /** Calls held back by a fault until time passes. */
  heldCalls: number;
  /** Runs when the invocation ends: releases what is still held back. */
  readonly onEnd: Set<() => void>;
}

export interface Grants {
  /** Makes a fresh token for an invocation; `end` makes the proxy refuse it from then on. */
  open(
    invocation: Pick<Grant, 'invocationId' | 'functionKey' | 'accountId' | 'eventId' | 'startedAt'>,
  ): {
    readonly token: string;
    readonly end: () => void;
  };
  find(authorization: string | undefined): Grant | undefined;
  heldCalls(invocationId: string): number;
}

export function createGrants(): Grants {
  const grants = new Map<string, Grant>();
  return {
    open(invocation) {
      const token = randomBytes(24).toString('base64url');
      const grant: Grant = {
        ...invocation,
        outbound: { window: 0, count: 0 },
        heldCalls: 0,
        onEnd: new Set(),
      };
      grants.set(token, grant);
      return {
        token,
        end() {
          grants.delete(token);
          for (const release of grant.onEnd) release();
        },
      };
    },
    find(authorization) {
      const token = /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
      return token === undefined ? undefined : grants.get(token);
    },
    heldCalls(invocationId) {
      for (const grant of grants.values()) {
        if (grant.invocationId === invocationId) return grant.heldCalls;
      }
      return 0;
    },
  };
}
