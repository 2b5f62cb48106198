import { useState } from 'react';
import { Button } from '../../button';
import type { WorkspaceSectionProps } from '../section-props';
import { ConnectionCard } from './connection-card';
import { ConnectionForm } from './connection-form';

/** The analysis servers of the workspace, each with what can be done with it. */
export function Connections(props: WorkspaceSectionProps) {
  const { overview, onDone } = props;
  const { connections } = overview;
  const [isAdding, setIsAdding] = useState(connections.length === 0);
  return (
    <section className="section" aria-labelledby="connections-heading">
      <h2 id="connections-heading">Connections</h2>
      {connections.length === 0 && (
        <p>No analysis server is connected yet, so no pull request shows a quality gate.</p>
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
    </section>
  );
}
