import type { HostClock } from '../../clock';
import type { Decide } from '../issue-decisions';
import type { Settings } from '../settings';
import type { State } from '../state/open-state';

/** What the operations of the Web API work on. */
export interface Server {
  readonly settings: Settings;
  readonly state: State;
  readonly clock: HostClock;
  readonly decide: Decide;
}
