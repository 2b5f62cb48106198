import type { ImportDecision, ImportItem } from '@contracts/imports';
import { useState } from 'react';
import { Lozenge } from '../../../../shared/components/lozenge';
import { Button } from '../../button';
import { TextField } from '../../text-field';
import { stateTexts, toDeed } from './texts';

interface ItemRowProps {
  readonly item: ImportItem;
  /** The import is not at work, so that something can be decided. */
  readonly isIdle: boolean;
  readonly isRunning: boolean;
  readonly onDecide: (decision: ImportDecision) => void;
  readonly onRetry: () => void;
}

/** Nothing is at work; a resume looks at it first. */
const interrupted = { word: 'Interrupted', tone: 'warning', icon: 'clock' } as const;

/** One repository of an import, and what a person can do about it. */
export function ItemRow({ item, isIdle, isRunning, onDecide, onRetry }: ItemRowProps) {
  const { repositoryUuid, name, slug, state, reason, message, warning, projectKey } = item;
  const [key, setKey] = useState<string>();
  const isOpen = state === 'pending' || state === 'conflict';
  // What was taken back has its project still.
  const importAgain: ImportDecision =
    reason === 'takenBack' ? { kind: 'adopt' } : { kind: 'create', projectKey };
  const isPassedOver = state === 'skipped' && reason !== 'alreadyBound';
  const button = (text: string, onClick: () => void) => (
    <Button isRunning={isRunning} label={`${text}: ${name}`} onClick={onClick}>
      {text}
    </Button>
  );

  return (
    <tr>
      <th scope="row">
        {name}
        <br />
        <code>{slug}</code>
      </th>
      <td>{toDeed(item)}</td>
      <td>
        <Lozenge {...(state === 'working' && isIdle ? interrupted : stateTexts[state])} />
        {message !== undefined && <p className="hint">{message}</p>}
        {warning !== undefined && <p className="problem">{warning}</p>}
      </td>
      <td>
        {isIdle && (
          <div className="row start">
            {reason === 'keyTaken' &&
              state === 'conflict' &&
              button('Use the project', () => onDecide({ kind: 'adopt' }))}
            {isOpen &&
              button('Another key', () => setKey(key === undefined ? projectKey : undefined))}
            {isOpen && button('Skip', () => onDecide({ kind: 'skip' }))}
            {isPassedOver && button('Import it', () => onDecide(importAgain))}
            {state === 'failed' && button('Try again', onRetry)}
          </div>
        )}
        {isIdle && key !== undefined && (
          <div className="stack">
            <TextField
              id={`key-${repositoryUuid}`}
              label={`Project key for ${name}`}
              value={key}
              onInput={setKey}
              onEnter={() => onDecide({ kind: 'create', projectKey: key.trim() })}
            />
            {button('Save the key', () => onDecide({ kind: 'create', projectKey: key.trim() }))}
          </div>
        )}
      </td>
    </tr>
  );
}
