import type { VerdictState } from '../contracts/verdict';

/** From the worst to the best: what is known to be wrong comes before what is not known. */
const worstFirst: readonly VerdictState[] = [
  'failed',
  'unreachable',
  'notComputed',
  'notAnalysed',
  'outdated',
  'pending',
  'notSupported',
  'unbound',
  'passed',
];

/** The worse of two states; the order of the two does not matter. */
export function combine(left: VerdictState, right: VerdictState): VerdictState {
  return worstFirst.indexOf(left) <= worstFirst.indexOf(right) ? left : right;
}

/** The worst of several states; of none, `unbound`. */
export function worstOf(states: readonly VerdictState[]): VerdictState {
  const [first, ...rest] = states;
  return first === undefined ? 'unbound' : rest.reduce(combine, first);
}
