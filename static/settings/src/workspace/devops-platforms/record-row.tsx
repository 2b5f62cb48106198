import type { DevOpsRecord } from '@contracts/devops-platforms';
import { useEffect, useState } from 'react';
import { call } from '../../../../shared/bridge/call';
import { Lozenge } from '../../../../shared/components/lozenge';
import { Button } from '../../button';
import { FailureNotice } from '../../failure-notice';
import { Question } from '../../shared/question';
import { useAction } from '../../use-action';
import { RecordForm } from './record-form';

interface RecordRowProps {
  readonly connectionId: string;
  readonly record: DevOpsRecord;
  readonly onDone: (sentence: string) => void;
}

/** One record with what can be done with it. */
export function RecordRow({ connectionId, record, onDone }: RecordRowProps) {
  const { key, kind } = record;
  const [doing, setDoing] = useState<'edit' | 'delete'>();
  const [problems, setProblems] = useState<readonly string[]>();
  const validating = useAction();

  function validate(): void {
    validating.run(async () => {
      setProblems((await call('devOpsPlatform.validate', { connectionId, key })).problems);
    });
  }

  return (
    <article className="card" aria-label={key}>
      <div className="row">
        <h3>{key}</h3>
        <Lozenge
          tone="neutral"
          word={kind === 'bitbucket-cloud' ? 'Bitbucket Cloud' : 'Bitbucket Data Center'}
        />
      </div>
      <p>
        {record.kind === 'bitbucket-cloud'
          ? `Workspace ${record.workspace}, OAuth key ${record.clientId}`
          : record.url}
      </p>
      <div role="status">
        {problems?.length === 0 && <Lozenge tone="success" word="The record works" icon="check" />}
        {problems && problems.length > 0 && (
          <>
            <Lozenge tone="danger" word="The server found problems" icon="cross" />
            <ul>
              {problems.map((problem) => (
                <li key={problem}>{problem}</li>
              ))}
            </ul>
          </>
        )}
      </div>
      {validating.failure && <FailureNotice failure={validating.failure} onRetry={validate} />}
      <div className="row start">
        <Button label={`Validate ${key}`} isRunning={validating.isRunning} onClick={validate}>
          Validate
        </Button>
        <Button label={`Edit ${key}`} onClick={() => setDoing('edit')}>
          Edit
        </Button>
        <Button label={`Delete ${key}`} onClick={() => setDoing('delete')}>
          Delete
        </Button>
      </div>
      {doing === 'edit' && (
        <RecordForm
          connectionId={connectionId}
          record={record}
          onSaved={(sentence) => {
            setDoing(undefined);
            onDone(sentence);
          }}
          onClose={() => setDoing(undefined)}
        />
      )}
      {doing === 'delete' && (
        <DeleteRecord
          connectionId={connectionId}
          record={record}
          onDone={onDone}
          onClose={() => setDoing(undefined)}
        />
      )}
    </article>
  );
}

function DeleteRecord(props: RecordRowProps & { readonly onClose: () => void }) {
  const { connectionId, onDone, onClose } = props;
  const { key } = props.record;
  const [projects, setProjects] = useState<number>();
  const counting = useAction();
  const deleting = useAction();

  function load(): void {
    counting.run(async () => {
      setProjects((await call('devOpsPlatform.countProjects', { connectionId, key })).projects);
    });
  }
  useEffect(load, []);

  return (
    <Question
      title={`Delete “${key}”?`}
      confirm="Delete the record"
      keep="Keep it"
      isReady={projects !== undefined}
      isRunning={deleting.isRunning}
      failure={deleting.failure}
      onConfirm={() =>
        deleting.run(async () => {
          await call('devOpsPlatform.delete', { connectionId, key });
          onDone(`"${key}" is deleted on the server.`);
        })
      }
      onClose={onClose}
    >
      {counting.failure && <FailureNotice failure={counting.failure} onRetry={load} />}
      {counting.isRunning && <p>Counting the projects that use it…</p>}
      {projects !== undefined && (
        <p>
          {projects === 0
            ? 'No project uses it.'
            : projects === 1
              ? 'One project uses it and loses its binding on the server.'
              : `${projects} projects use it and lose their binding on the server.`}
        </p>
      )}
    </Question>
  );
}
