import type { LevelSettings, SettingName, SettingsView } from '../../contracts/settings';
import { toFieldChanges } from '../../domain/change';
import type { FieldChange } from '../../contracts/audit';
import type { SettingsStore } from '../../domain/ports/stores';
import { lockedNames, resolveSettings } from '../../domain/settings';
import { AppError } from '../../errors/app-error';
import { readSettings, toPlace, type SettingsTarget } from './view-settings';

export interface SaveSettingsInput {
  readonly target: SettingsTarget;
  /** The sequence that the page saw. */
  readonly sequence: number;
  readonly own: LevelSettings;
}

export interface SavedSettings {
  readonly view: SettingsView;
  readonly changes: readonly FieldChange[];
}

export type SaveSettings = (input: SaveSettingsInput) => Promise<SavedSettings>;

/**
 * Puts what one level says in the place of what it said.
 * @throws {AppError} CONFLICT when somebody saved in between, INVALID_INPUT for a setting that a wider level has locked.
 */
export function createSaveSettings({
  settings,
}: {
  readonly settings: SettingsStore;
}): SaveSettings {
  return async ({ target, sequence, own }) => {
    const { stored, above, view } = await readSettings(settings, target);
    if (view.sequence !== sequence) throw inBetween();
    const next = toStored(target, own);
    const resolved = resolveSettings([...above, { level: target.level, settings: next }]);
    const locked = lockedNames(next, resolved).filter(
      // What was said before the lock came stays where it is, without effect.
      (name) => JSON.stringify(next.values[name]) !== JSON.stringify(view.own.values[name]),
    );
    if (locked.length > 0) {
      throw new AppError(
        'INVALID_INPUT',
        `Some of these settings were locked by a level above in the meantime: ${locked.join(', ')}. Reload the page.`,
      );
    }
    const changes = toFieldChanges(toFields(view.own), toFields(next));
    if (changes.length === 0) return { view, changes };
    const record = { sequence: sequence + 1, own: next };
    if (!(await settings.save(toPlace(target), record, stored?.sequence))) throw inBetween();
    return { view: { sequence: record.sequence, own: next, resolved }, changes };
  };
}

/** Values that are not said are left out, each lock is there once, and a repository has nothing below it to lock. */
function toStored({ level }: SettingsTarget, { values, locks }: LevelSettings): LevelSettings {
  const said = Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as LevelSettings['values'];
  return { values: said, locks: level === 'repository' ? [] : [...new Set(locks)].sort() };
}

function toFields({ values, locks }: LevelSettings): Record<string, unknown> {
  const fields: Record<string, unknown> = { ...values };
  for (const name of locks) fields[`${name satisfies SettingName} for the levels below`] = 'locked';
  return fields;
}

function inBetween(): AppError {
  return new AppError(
    'CONFLICT',
    'Somebody else changed these settings in the meantime. Reload the page and make your change again.',
  );
}
