import type { LevelSettings, SettingName, SettingsView } from '@contracts/settings';
import { useState } from 'react';
import { Button } from '../button';
import { FailureNotice } from '../failure-notice';
import { useAction } from '../use-action';
import { BranchRules } from './branch-rules';
import type { TestBranch } from './branch-tester';
import { ChoiceRow } from './choice-row';
import { settingGroups } from './setting-texts';

interface SettingsEditorProps {
  readonly view: SettingsView;
  /** Whether there are levels below that can be bound. */
  readonly canLock: boolean;
  readonly save: (change: { sequence: number; own: LevelSettings }) => Promise<SettingsView>;
  readonly testBranch: TestBranch;
  /** The settings as they are now. */
  readonly onSaved: (view: SettingsView) => void;
}

/** All settings of one level. Nothing is saved before somebody says so, and a conflict keeps what was entered. */
export function SettingsEditor({ view, canLock, save, testBranch, onSaved }: SettingsEditorProps) {
  const [own, setOwn] = useState<LevelSettings>(view.own);
  const [notice, setNotice] = useState('');
  const saving = useAction();
  const changed = countChanges(view.own, own);
  const hasEmptyPattern = (own.values.branchRules ?? []).some(
    ({ pattern }) => pattern.trim() === '',
  );

  function say(name: SettingName, value: unknown): void {
    const { [name]: _, ...rest } = own.values;
    setOwn({ ...own, values: value === undefined ? rest : { ...rest, [name]: value } });
    setNotice('');
  }

  function lock(name: SettingName) {
    if (!canLock) return undefined;
    return {
      isLocked: own.locks.includes(name),
      onLock(isLocked: boolean) {
        const others = own.locks.filter((each) => each !== name);
        setOwn({ ...own, locks: isLocked ? [...others, name].sort() : others });
        setNotice('');
      },
    };
  }

  function onSave(): void {
    if (hasEmptyPattern) return;
    saving.run(async () => {
      const saved = await save({ sequence: view.sequence, own });
      setOwn(saved.own);
      setNotice(
        'Saved. Merges follow at once, pages and reports with the next reading of a pull request.',
      );
      onSaved(saved);
    });
  }

  const resolved = new Map(view.resolved.map((setting) => [setting.name, setting]));
  const branchRules = resolved.get('branchRules');
  return (
    <>
      {settingGroups.map(({ title, hint, settings }) => (
        <fieldset key={title}>
          <legend>{title}</legend>
          <p className="hint">{hint}</p>
          <div className="settings">
            {settings.map(([name, { label, options }]) => {
              const setting = resolved.get(name);
              const locking = lock(name);
              return (
                setting && (
                  <ChoiceRow
                    key={name}
                    label={label}
                    options={options}
                    resolved={setting}
                    own={own.values[name]}
                    onChange={(value) => say(name, value)}
                    {...(locking && { lock: locking })}
                  />
                )
              );
            })}
          </div>
        </fieldset>
      ))}
      {branchRules && (
        <BranchRules
          resolved={branchRules}
          own={own.values.branchRules}
          onChange={(rules) => say('branchRules', rules)}
          lock={lock('branchRules')}
          testBranch={testBranch}
        />
      )}
      {saving.failure && <FailureNotice failure={saving.failure} />}
      <div className="row start">
        <Button look="primary" isRunning={saving.isRunning} onClick={onSave}>
          Save settings
        </Button>
        {changed > 0 && (
          <Button
            onClick={() => {
              setOwn(view.own);
              setNotice('Your changes were discarded.');
            }}
          >
            Discard changes
          </Button>
        )}
        <p role="status" className="hint">
          {changed > 0 ? `${changed} ${changed === 1 ? 'change' : 'changes'} not saved.` : notice}
          {hasEmptyPattern && ' A branch rule has no pattern yet.'}
        </p>
      </div>
    </>
  );
}

function countChanges(before: LevelSettings, after: LevelSettings): number {
  const names = new Set([...Object.keys(before.values), ...Object.keys(after.values)]);
  const said = [...names].filter(
    (name) =>
      JSON.stringify(before.values[name as SettingName]) !==
      JSON.stringify(after.values[name as SettingName]),
  );
  const locks = new Set([...before.locks, ...after.locks]);
  const locked = [...locks].filter(
    (name) => before.locks.includes(name) !== after.locks.includes(name),
  );
  return said.length + locked.length;
}
