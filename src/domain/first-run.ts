import type { FirstRunStep } from '../contracts/workspace';

/** What is stored, as far as the first steps need it. */
export interface FirstRunFacts {
  readonly hasConnection: boolean;
  readonly hasWorkingConnection: boolean;
  readonly hasBinding: boolean;
  /** A gate was read for some pull request. */
  readonly hasGate: boolean;
  /** Some pull request has an analysis that is known to be of a commit of it. */
  readonly hasVerdict: boolean;
}

/** The first steps with their state, which follows from what is stored alone: a step that is undone is open again. */
export function toFirstRunSteps(facts: FirstRunFacts): FirstRunStep[] {
  return [
    { step: 'connect', isDone: facts.hasConnection },
    { step: 'check', isDone: facts.hasWorkingConnection },
    { step: 'import', isDone: facts.hasBinding },
    { step: 'gate', isDone: facts.hasGate },
    { step: 'verify', isDone: facts.hasVerdict },
  ];
}
