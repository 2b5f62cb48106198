import type { Finding } from '@contracts/health';
import { useEffect, useState } from 'react';
import { call } from '../../../../shared/bridge/call';
import { Button } from '../../button';
import { FailureNotice } from '../../failure-notice';
import { useAction } from '../../use-action';
import type { WorkspaceSectionProps } from '../section-props';
import { FindingItem } from './finding-item';
import { Limits } from './limits';
import { Repositories } from './repositories';
import { Stored } from './stored';

interface Shown {
  readonly findings: readonly Finding[];
  readonly nextCursor?: string | undefined;
}

/** What is wrong in this workspace and can be acted on, newest first. */
export function Health({ onStarted }: Pick<WorkspaceSectionProps, 'onStarted'>) {
  const [shown, setShown] = useState<Shown>();
  const [notice, setNotice] = useState('');
  const loading = useAction();
  const comparing = useAction();
  const takingOver = useAction();

  function load(before: Shown | undefined): void {
    loading.run(async () => {
      const cursor = before?.nextCursor;
      const page = await call('health.list', cursor === undefined ? {} : { cursor });
      setShown({ ...page, findings: [...(before?.findings ?? []), ...page.findings] });
    });
  }
  useEffect(() => load(undefined), []);

  function onCompare(): void {
    comparing.run(async () => {
      const { operation } = await call('health.reconcile', {});
      setNotice('The comparison has started. What it finds is listed here when it is done.');
      onStarted(operation);
    });
  }

  function onTakeOver(): void {
    takingOver.run(async () => {
      const { operation } = await call('health.takeOver', {});
      setNotice('It has started. Read the list again when it is done.');
      onStarted(operation);
    });
  }

  function onRepaired(findingId: string, message: string): void {
    setNotice(message);
    setShown(
      (before) =>
        before && {
          ...before,
          findings: before.findings.filter((finding) => finding.findingId !== findingId),
        },
    );
  }

  const isLeftOnServer = shown?.findings.some(({ code }) => code === 'bindingOnlyOnServer');
  return (
    <section className="section" aria-labelledby="health-heading">
      <h2 id="health-heading">Health</h2>
      <div className="row start">
        <Button isRunning={comparing.isRunning} onClick={onCompare}>
          Compare now
        </Button>
        <Button look="quiet" isRunning={loading.isRunning} onClick={() => load(undefined)}>
          Read the list again
        </Button>
      </div>
      <p role="status" className={notice === '' ? 'hidden' : 'hint'}>
        {notice}
      </p>
      {isLeftOnServer && (
        <div className="stack">
          <p>
            Servers say of projects that they belong to repositories of this workspace, and here
            they are not bound, as after the app was removed and installed again. All of them can be
            bound at once; what is bound already stays as it is.
          </p>
          <div className="row start">
            <Button isRunning={takingOver.isRunning} onClick={onTakeOver}>
              Bind all that only the servers know
            </Button>
          </div>
        </div>
      )}
      {takingOver.failure && <FailureNotice failure={takingOver.failure} onRetry={onTakeOver} />}
      {comparing.failure && <FailureNotice failure={comparing.failure} onRetry={onCompare} />}
      {loading.failure && <FailureNotice failure={loading.failure} onRetry={() => load(shown)} />}
      {!shown && !loading.failure && <p className="hint">Loading the findings…</p>}
      {shown?.findings.length === 0 && (
        <p>
          Nothing is known to be wrong. Compare now to check the records of Gatehouse against
          Bitbucket and the servers.
        </p>
      )}
      {shown && shown.findings.length > 0 && (
        <ul className="items" aria-label="Findings">
          {shown.findings.map((finding) => (
            <FindingItem key={finding.findingId} finding={finding} onRepaired={onRepaired} />
          ))}
        </ul>
      )}
      {shown?.nextCursor !== undefined && (
        <Button isRunning={loading.isRunning} onClick={() => load(shown)}>
          Show more
        </Button>
      )}
      <Repositories />
      <Limits />
      <Stored onStarted={onStarted} />
    </section>
  );
}
