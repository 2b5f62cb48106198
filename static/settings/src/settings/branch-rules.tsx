import type { BranchRule, ResolvedSetting } from '@contracts/settings';
import { Button } from '../button';
import { SelectField } from '../shared/select-field';
import { TextField } from '../text-field';
import { BranchTester, type TestBranch } from './branch-tester';
import { LockBox } from './choice-row';
import { levelWords, toOptionText, treatmentTexts } from './setting-texts';

interface BranchRulesProps {
  readonly resolved: ResolvedSetting;
  /** What this level says; absent: it inherits. */
  readonly own: readonly BranchRule[] | undefined;
  readonly onChange: (rules: BranchRule[] | undefined) => void;
  readonly lock?:
    { readonly isLocked: boolean; readonly onLock: (isLocked: boolean) => void } | undefined;
  readonly testBranch: TestBranch;
}

const label = 'Branch rules';

/** Rules by the branch that a pull request is to be merged into, in order, with a tester. */
export function BranchRules({ resolved, own, onChange, lock, testBranch }: BranchRulesProps) {
  const { lockedBy, inherited } = resolved;
  const above = Array.isArray(inherited.value) ? inherited.value : [];
  const rules = lockedBy ? above : (own ?? above);

  function change(place: number, part: Partial<BranchRule>): void {
    onChange(rules.map((rule, index) => (index === place ? { ...rule, ...part } : rule)));
  }

  function move(place: number, by: number): void {
    const next = [...rules];
    const [moved] = next.splice(place, 1);
    if (moved) next.splice(place + by, 0, moved);
    onChange(next);
  }

  const isOwn = own !== undefined && !lockedBy;
  return (
    <fieldset>
      <legend>{label}</legend>
      <p className="hint">
        The first rule whose pattern matches the target branch decides; without one the branch is
        gated. A * stays inside one part of a name, ** crosses slashes.
      </p>
      {!isOwn && (
        <p>
          {lockedBy
            ? `Locked by ${levelWords[lockedBy]}.`
            : `Inherited from ${levelWords[inherited.from]}.`}{' '}
          {rules.length === 0 && 'There are no rules: every branch is gated.'}
        </p>
      )}
      {!isOwn && rules.length > 0 && (
        <ol>
          {rules.map(({ pattern, treatment }, index) => (
            <li key={index}>
              <code>{pattern}</code>: {toOptionText(treatmentTexts, treatment)}
            </li>
          ))}
        </ol>
      )}
      {isOwn &&
        rules.map((rule, index) => (
          <div className="row start rule" role="group" aria-label={`Rule ${index + 1}`} key={index}>
            <TextField
              id={`rule-pattern-${index}`}
              label={`Pattern ${index + 1}`}
              value={rule.pattern}
              problem={
                rule.pattern.trim() === '' ? 'Enter a pattern, such as release/*.' : undefined
              }
              onInput={(pattern) => change(index, { pattern })}
            />
            <SelectField
              id={`rule-treatment-${index}`}
              label={`Treatment ${index + 1}`}
              value={rule.treatment}
              options={treatmentTexts}
              onSelect={(treatment) => change(index, { treatment })}
            />
            {index > 0 && (
              <Button
                look="quiet"
                label={`Move rule ${index + 1} up`}
                onClick={() => move(index, -1)}
              >
                Up
              </Button>
            )}
            <Button
              look="quiet"
              label={`Remove rule ${index + 1}`}
              onClick={() => onChange(rules.filter((_, place) => place !== index))}
            >
              Remove
            </Button>
          </div>
        ))}
      {!lockedBy && (
        <div className="row start">
          <Button onClick={() => onChange([...rules, { pattern: '', treatment: 'decorated' }])}>
            {isOwn ? 'Add a rule' : 'Set rules here'}
          </Button>
          {isOwn && <Button onClick={() => onChange(undefined)}>Inherit the rules</Button>}
          {lock && <LockBox name="branchRules" label={label} {...lock} />}
        </div>
      )}
      <BranchTester rules={rules} testBranch={testBranch} />
    </fieldset>
  );
}
