import type { BranchRule, BranchTreatment } from '@contracts/settings';
import { useState } from 'react';
import { Button } from '../button';
import { FailureNotice } from '../failure-notice';
import { TextField } from '../text-field';
import { useAction } from '../use-action';
import { toOptionText, treatmentTexts } from './setting-texts';

export interface TestedBranch {
  readonly treatment: BranchTreatment;
  readonly rule?: number | undefined;
}
export type TestBranch = (branch: string, rules: BranchRule[]) => Promise<TestedBranch>;

interface BranchTesterProps {
  readonly rules: readonly BranchRule[];
  readonly testBranch: TestBranch;
}

/** Says what would hold for a branch by the rules as they are on the page, saved or not. */
export function BranchTester({ rules, testBranch }: BranchTesterProps) {
  const [branch, setBranch] = useState('');
  const [answer, setAnswer] = useState('');
  const testing = useAction();

  function onTest(): void {
    const name = branch.trim();
    if (name === '') return;
    testing.run(async () => {
      const usable = rules.filter(({ pattern }) => pattern.trim() !== '');
      const { treatment, rule } = await testBranch(name, usable);
      const why = rule === undefined ? 'no rule matches' : `by ${usable[rule]?.pattern ?? ''}`;
      setAnswer(`${name}: ${toOptionText(treatmentTexts, treatment)} (${why}).`);
    });
  }

  return (
    <div className="row start">
      <TextField
        id="tested-branch"
        label="Try a branch"
        value={branch}
        onInput={setBranch}
        onEnter={onTest}
      />
      <Button isRunning={testing.isRunning} onClick={onTest}>
        Try
      </Button>
      <p role="status">{answer}</p>
      {testing.failure && <FailureNotice failure={testing.failure} onRetry={onTest} />}
    </div>
  );
}
