import type { OperationView } from '../../../src/contracts/operations';
import { Import } from '../../../static/settings/src/workspace/import/import';
import { bridge } from '../support/bridge-stand-in';
import { openSection, type Answers } from '../support/open-section';
import { buildOverview } from '../support/workspace-data';
import { buildItem, buildRun, known, repositories } from './import-data';

/** Work that the tab handed to the page, and what it said was done. */
export const started: OperationView[] = [];
export const done: string[] = [];

/** The tab over three repositories that can be imported, and no import yet. */
export const open = (answers: Answers, part: Parameters<typeof buildOverview>[0] = {}) =>
  openSection(
    Import,
    {
      overview: buildOverview(part),
      onDone: (sentence: string) => void done.push(sentence),
      onStarted: (each: OperationView) => void started.push(each),
      onGoTo: () => undefined,
    },
    {
      'import.runs': () => known([]),
      'import.repositories': () => ({ repositories: [...repositories], total: 3, hasMore: false }),
      'import.items': () => ({ page: 0, items: [buildItem(0), buildItem(1)] }),
      'connection.usage': () => ({}),
      ...answers,
    },
  );

/** The tab with one run. */
export const openRun = (part: Parameters<typeof buildRun>[0], answers: Answers = {}) =>
  open({ 'import.runs': () => known([buildRun(part)]), ...answers });

export function reset(): void {
  bridge.reset();
  started.length = 0;
  done.length = 0;
}
