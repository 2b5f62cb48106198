import type { RepositoryHealth } from '@contracts/health';
import { useContext, useState } from 'react';
import { call } from '../../../../shared/bridge/call';
import { Button } from '../../button';
import { FailureNotice } from '../../failure-notice';
import { FormatsContext } from '../../formats-context';
import { useAction } from '../../use-action';

interface Shown {
  readonly repositories: readonly RepositoryHealth[];
  readonly nextCursor?: string | undefined;
}

/** Each bound repository with its last analysis, its last report and what went wrong last. */
export function Repositories() {
  const formats = useContext(FormatsContext);
  const [shown, setShown] = useState<Shown>();
  const loading = useAction();

  const load = (before: Shown | undefined) =>
    loading.run(async () => {
      const cursor = before?.nextCursor;
      const page = await call('health.repositories', cursor === undefined ? {} : { cursor });
      setShown({ ...page, repositories: [...(before?.repositories ?? []), ...page.repositories] });
    });
  const time = (at: string | undefined) => (at === undefined ? '–' : formats.dateTime(at));
  const isEmpty = shown?.repositories.length === 0 && shown.nextCursor === undefined;

  return (
    <section className="stack" aria-labelledby="repositories-heading">
      <h3 id="repositories-heading">Bound repositories</h3>
      {loading.failure && <FailureNotice failure={loading.failure} onRetry={() => load(shown)} />}
      {isEmpty && <p>No repository is bound yet.</p>}
      {shown && shown.repositories.length > 0 && (
        <div className="scroll" tabIndex={0} role="region" aria-label="Table of the repositories">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">Repository</th>
                <th scope="col">Projects</th>
                <th scope="col">Last analysis</th>
                <th scope="col">Last report</th>
                <th scope="col">What is wrong</th>
              </tr>
            </thead>
            <tbody>
              {shown.repositories.map((repository) => (
                <tr key={repository.repositoryUuid}>
                  <th scope="row">{repository.repositoryName ?? repository.repositoryUuid}</th>
                  <td>
                    {repository.projects
                      .map(({ projectName, connectionName }) =>
                        connectionName === undefined
                          ? `${projectName} (connection gone)`
                          : `${projectName} on ${connectionName}`,
                      )
                      .join(', ')}
                  </td>
                  <td>{time(repository.analysedAt)}</td>
                  <td>{time(repository.writtenAt)}</td>
                  <td>{repository.problem ?? '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div className="row start">
        {(!shown || shown.nextCursor !== undefined) && (
          <Button isRunning={loading.isRunning} onClick={() => load(shown)}>
            {shown ? 'Show more' : 'Show the repositories'}
          </Button>
        )}
      </div>
    </section>
  );
}
