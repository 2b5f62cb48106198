import type { SettingsView } from '../../contracts/settings';
import type { SettingsPlace, SettingsStore, StoredSettings } from '../../domain/ports/stores';
import { nothingSaid, resolveSettings, type Level } from '../../domain/settings';

/** A place together with the levels above it. */
export type SettingsTarget =
  | { readonly level: 'workspace' }
  | { readonly level: 'project'; readonly uuid: string }
  | {
      readonly level: 'repository';
      readonly uuid: string;
      /** Bitbucket's project that it is in; absent where Bitbucket names none. */
      readonly projectUuid: string | undefined;
    };

export interface SettingsReading {
  readonly view: SettingsView;
  readonly stored: StoredSettings | undefined;
  readonly above: readonly Level[];
}

/** What a level says and what holds there, with the levels above it. */
export async function readSettings(
  settings: SettingsStore,
  target: SettingsTarget,
): Promise<SettingsReading> {
  const places = [...placesAbove(target), toPlace(target)];
  const found = await Promise.all(places.map((place) => settings.find(place)));
  const levels = places.map(({ level }, index) => ({
    level,
    settings: found[index]?.own ?? nothingSaid,
  }));
  const stored = found.at(-1);
  return {
    stored,
    above: levels.slice(0, -1),
    view: {
      sequence: stored?.sequence ?? 0,
      own: stored?.own ?? nothingSaid,
      resolved: resolveSettings(levels),
    },
  };
}

function placesAbove(target: SettingsTarget): SettingsPlace[] {
  if (target.level === 'workspace') return [];
  const workspace = { level: 'workspace' } as const;
  if (target.level === 'project' || target.projectUuid === undefined) return [workspace];
  return [workspace, { level: 'project', uuid: target.projectUuid }];
}

/** The place alone. */
export function toPlace(target: SettingsTarget): SettingsPlace {
  return target.level === 'workspace'
    ? { level: 'workspace' }
    : { level: target.level, uuid: target.uuid };
}
