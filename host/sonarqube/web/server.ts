import type { HostClock } from '../../clock';
import type { Decide } from '../issue-decisions';
import type { Settings } from '../settings';
import type { State } from '../state/open-state';
import type { SonarQubeOptions } from '../types';
import type { WriteLog } from './write-log';

/** What the operations of the Web API work on. */
export interface Server {
  readonly settings: Settings;
  readonly state: State;
  readonly clock: HostClock;
  readonly decide: Decide;
  readonly repositoriesOf: NonNullable<SonarQubeOptions['repositoriesOf']>;
  readonly writeLog: WriteLog;
}
