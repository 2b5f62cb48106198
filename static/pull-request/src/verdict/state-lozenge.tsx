import type { VerdictState } from '@contracts/verdict';
import type { IconName } from '../../../shared/components/icon';
import { Lozenge, type Tone } from '../../../shared/components/lozenge';
import { stateWords } from '../texts';

// Each state has its own icon, so that no two look alike without their colour.
const looks: Readonly<Record<VerdictState, readonly [IconName, Tone]>> = {
  passed: ['check', 'success'],
  failed: ['cross', 'danger'],
  pending: ['clock', 'information'],
  outdated: ['history', 'warning'],
  notAnalysed: ['dash', 'neutral'],
  notComputed: ['question', 'neutral'],
  unreachable: ['warning', 'warning'],
  unbound: ['unlinked', 'neutral'],
  notSupported: ['prohibited', 'neutral'],
};

export function StateLozenge({ state }: { readonly state: VerdictState }) {
  const [icon, tone] = looks[state];
  return <Lozenge icon={icon} tone={tone} word={stateWords[state]} />;
}
