import { Icon, type IconName } from './icon';

export type Tone = 'success' | 'danger' | 'warning' | 'information' | 'neutral';

interface LozengeProps {
  readonly tone: Tone;
  readonly word: string;
  readonly icon?: IconName;
}

/** A state in one word. The word and the icon carry it; the tone only repeats them. */
export function Lozenge({ tone, word, icon }: LozengeProps) {
  return (
    <span className={`lozenge ${tone}`}>
      {icon && <Icon name={icon} />}
      {word}
    </span>
  );
}
