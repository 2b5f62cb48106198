/** What goes wrong with a call that a rule matches. */
export type FaultEffect =
  /** Answered in place of the neighbour. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Passed on after this much host time. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Never answered: the caller's own time-out has to end it. */
  | { readonly kind: 'hang' }
  /** The connection breaks without an answer. */
  | { readonly kind: 'break' }
  /** The neighbour did the work and its answer is cut after this many characters. */
  | { readonly kind: 'truncate'; readonly characters: number };

export interface FaultRule {
  readonly target: 'bitbucket' | 'sonarqube' | 'kvs' | 'queue' | 'realtime';
  /** Matched against "METHOD path?query" (for kvs: the operation, such as `entity/set`); absent matches all. */
  readonly match?: RegExp;
  /** How many calls it hits before it is used up; Infinity for "until removed". */
  readonly times: number;
  readonly effect: FaultEffect;
}

/** The host's register of faults; consulted by the proxy before it passes a call on. */
export interface Faults {
  /** Adds a rule; the answer removes it. */
  add(rule: FaultRule): () => void;
  /** The effect for this call, if a rule matches; uses the rule up by one. */
  take(target: FaultRule['target'], call: string): FaultEffect | undefined;
  readonly active: readonly FaultRule[];
  clear(): void;
}

export function createFaults(): Faults {
  const rules: { rule: FaultRule; left: number }[] = [];
  return {
    add(rule) {
      const entry = { rule, left: rule.times };
      rules.push(entry);
      return () => {
        const index = rules.indexOf(entry);
        if (index >= 0) rules.splice(index, 1);
      };
    },
    take(target, call) {
      const index = rules.findIndex(
        ({ rule }) => rule.target === target && (rule.match === undefined || rule.match.test(call)),
      );
      const entry = rules[index];
      if (!entry) return undefined;
      entry.left -= 1;
      if (entry.left <= 0) rules.splice(index, 1);
      return entry.rule.effect;
    },
    get active() {
      return rules.map(({ rule }) => rule);
    },
    clear() {
      rules.length = 0;
    },
  };
}
