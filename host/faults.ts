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
  | { readonly kind: 'truncate'; readonly characters: number }
  /**
   * The function that made the call is killed: before the neighbour hears of it, or after the neighbour did the work
   * and before the function learns of it.
   */
  | { readonly kind: 'crash'; readonly when: 'before' | 'after' };

/** Who takes the calls of functions. */
export type FaultTarget = 'bitbucket' | 'sonarqube' | 'kvs' | 'queue' | 'realtime';

export interface FaultRule {
  /** `write`: every call that changes something, whoever takes it. */
  readonly target: FaultTarget | 'write';
  /** Matched against "METHOD path?query" (for kvs: the operation, such as `entity/set`); absent matches all. */
  readonly match?: RegExp;
  /** How many calls it hits before it is used up; Infinity for "until removed". */
  readonly times: number;
  /** Matching calls that pass before the first that it hits; 0 when absent. */
  readonly skip?: number;
  readonly effect: FaultEffect;
}

/** The host's register of faults; consulted by the proxy before it passes a call on. */
export interface Faults {
  /** Adds a rule; the answer removes it. */
  add(rule: FaultRule): () => void;
  /** The effect for this call, if a rule matches; uses the rule up by one. */
  take(target: FaultTarget, call: string): FaultEffect | undefined;
  readonly active: readonly FaultRule[];
  clear(): void;
}

export function createFaults(): Faults {
  const rules: { rule: FaultRule; left: number; skip: number }[] = [];
  return {
    add(rule) {
      const entry = { rule, left: rule.times, skip: rule.skip ?? 0 };
      rules.push(entry);
      return () => {
        const index = rules.indexOf(entry);
        if (index >= 0) rules.splice(index, 1);
      };
    },
    take(target, call) {
      const matching = rules.filter(({ rule }) => matches(rule, target, call));
      const entry = matching.find(({ skip }) => skip === 0);
      for (const other of matching) if (other.skip > 0) other.skip -= 1;
      if (!entry) return undefined;
      entry.left -= 1;
      if (entry.left <= 0) rules.splice(rules.indexOf(entry), 1);
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

function matches(rule: FaultRule, target: FaultTarget, call: string): boolean {
  const isMeant = rule.target === target || (rule.target === 'write' && isWrite(target, call));
  return isMeant && (rule.match === undefined || rule.match.test(call));
}

function isWrite(target: FaultTarget, call: string): boolean {
  switch (target) {
    case 'kvs':
      return /(?:^|\/)(?:set|delete)$|^transaction$/.test(call);
    case 'bitbucket':
    case 'sonarqube':
      return !/^(?:GET|HEAD) /.test(call);
    case 'queue':
    case 'realtime':
      return true;
  }
}
