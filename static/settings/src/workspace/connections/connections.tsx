import { useState } from 'react';
import { call } from '../../../../shared/bridge/call';
import { Button } from '../../button';
import { FailureNotice } from '../../failure-notice';
import { useAction } from '../../use-action';
import type { WorkspaceSectionProps } from '../section-props';
import { ConnectionCard } from './connection-card';
import { ConnectionForm } from './connection-form';

/** The analysis servers of the workspace, each with what can be done with it. */
export function Connections(props: WorkspaceSectionProps) {
  const { overview, onDone } = props;
  const { connections } = overview;
  const [isAdding, setIsAdding] = useState(connections.length === 0);
  const demo = useAction();
  const startDemo = () =>
    demo.run(async () => {
      await call('connection.startDemo', {});
      onDone('The demo is connected. Bind a repository to one of its projects.');
    });
  return (
    <section className="section" aria-labelledby="connections-heading">
      <h2 id="connections-heading">Connections</h2>
      {connections.length === 0 && (
        <p>
          No analysis server is connected yet, so no pull request shows a quality gate. Without a
          server or a token at hand, try everything with sample data that is part of the app:
          nothing is called, and leaving the demo removes all of it.
        </p>
      )}
      {connections.map((connection) => (
        <ConnectionCard key={connection.connectionId} {...props} connection={connection} />
      ))}
      {isAdding ? (
        <ConnectionForm
          onSaved={(sentence) => {
            setIsAdding(false);
            onDone(sentence);
          }}
          onClose={() => setIsAdding(false)}
        />
      ) : (
        <div className="row start">
          <Button look="primary" onClick={() => setIsAdding(true)}>
            Add a connection
          </Button>
        </div>
      )}
      {!connections.some(({ kind }) => kind === 'demo') && (
        <div className="row start">
          <Button isRunning={demo.isRunning} onClick={startDemo}>
            Try it with sample data
          </Button>
        </div>
      )}
      {demo.failure && <FailureNotice failure={demo.failure} onRetry={startDemo} />}
    </section>
  );
}
