import { useContext } from 'react';
import { call } from '../../../../shared/bridge/call';
import { FormatsContext } from '../../formats-context';
import { useLoaded } from '../../use-loaded';

/** How Gatehouse learns what happens on the server. Without an answer the card is as good without it. */
export function Messages({ connectionId }: { readonly connectionId: string }) {
  const formats = useContext(FormatsContext);
  const { value } = useLoaded(connectionId, () => call('connection.messages', { connectionId }));
  if (value?.webhook === undefined) return null;
  if (value.webhook === 'unavailable') {
    return (
      <p className="hint">
        The server lets this token make no webhook, so changes are found by asking every few
        minutes.
      </p>
    );
  }
  return (
    <p className="hint">
      The server tells by a webhook when an analysis ends.{' '}
      {value.lastMessageAt === undefined
        ? 'No message has come yet.'
        : `The last message came ${formats.dateTime(value.lastMessageAt)}.`}
    </p>
  );
}
