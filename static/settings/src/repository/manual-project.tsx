import type { ManualField, RepositoryOverview } from '@contracts/repository';
import { useState } from 'react';
import { call } from '../../../shared/bridge/call';
import { Notice } from '../../../shared/components/notice';
import { Button } from '../button';
import { FailureNotice } from '../failure-notice';
import { TextField } from '../text-field';
import { useAction } from '../use-action';
import type { ChosenProject } from './bind-project';

interface ManualProjectProps {
  readonly repositoryUuid: string;
  readonly overview: RepositoryOverview;
  readonly chosen: ChosenProject | undefined;
  readonly onChoose: (project: ChosenProject | undefined) => void;
}

type Fields = Readonly<Record<ManualField, string>>;

const labels: Readonly<Record<ManualField, { readonly label: string; readonly hint?: string }>> = {
  configurationName: { label: 'Configuration name', hint: 'The name of the connection.' },
  projectKey: {
    label: 'Project key',
    hint: 'You may paste the address of a repository on Bitbucket Data Center here: it fills key and slug.',
  },
  repositorySlug: { label: 'Repository slug' },
};
const fieldNames = Object.keys(labels) as ManualField[];

/** A project entered by hand; checked before it can be bound, with what is wrong beside each field. */
export function ManualProject(props: ManualProjectProps) {
  const { repositoryUuid, overview, chosen, onChoose } = props;
  const [fields, setFields] = useState<Fields>({
    configurationName: overview.connections[0]?.name ?? '',
    projectKey: '',
    repositorySlug: overview.repositorySlug,
  });
  const [problems, setProblems] = useState<Partial<Record<ManualField, string>>>({});
  const check = useAction();

  function onInput(name: ManualField, value: string): void {
    setFields({ ...fields, [name]: value });
    // What was checked was another text.
    onChoose(undefined);
  }

  function onCheck(): void {
    check.run(async () => {
      const answer = await call('repository.checkManual', { repositoryUuid, ...fields });
      const { projectKey, repositorySlug, connectionId } = answer;
      setProblems(
        Object.fromEntries(answer.problems.map(({ field, message }) => [field, message])),
      );
      setFields({ ...fields, projectKey, repositorySlug });
      onChoose(connectionId === undefined ? undefined : { connectionId, projectKey });
    });
  }

  return (
    <>
      {fieldNames.map((name) => (
        <TextField
          key={name}
          id={name}
          {...labels[name]}
          value={fields[name]}
          problem={problems[name]}
          onInput={(value) => onInput(name, value)}
          onEnter={onCheck}
        />
      ))}
      {check.failure && <FailureNotice failure={check.failure} onRetry={onCheck} />}
      <div className="row start">
        <Button isRunning={check.isRunning} onClick={onCheck}>
          Check
        </Button>
      </div>
      <div role="status">
        {chosen && (
          <Notice tone="information">
            <p>The project was found. It can be bound.</p>
          </Notice>
        )}
      </div>
    </>
  );
}
