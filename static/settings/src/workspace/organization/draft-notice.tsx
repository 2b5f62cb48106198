import type { OutputOf } from '@contracts/procedures';
import { useContext } from 'react';
import { Notice } from '../../../../shared/components/notice';
import { Button } from '../../button';
import { FormatsContext } from '../../formats-context';

export type Draft = NonNullable<OutputOf<'organization.draft'>['draft']>;

interface DraftNoticeProps {
  readonly draft: Draft;
  readonly savedAt: string | undefined;
  readonly onContinue: () => void;
  readonly onForget: () => void;
}

/** What the person was in the middle of, with the ways on. */
export function DraftNotice({ draft, savedAt, onContinue, onForget }: DraftNoticeProps) {
  const formats = useContext(FormatsContext);
  const { kind, organizationKey } = draft;
  const when = savedAt === undefined ? '' : ` ${formats.dateTime(savedAt)}`;
  return (
    <Notice tone="information" title="You were in the middle of this">
      <p>
        {kind === 'create'
          ? `You began to create "${organizationKey}"${when}.`
          : `You looked for access to "${organizationKey}"${when}. When an administrator has given it, bind it below; with a token of theirs, rotate the token of the connection.`}
      </p>
      <div className="row start">
        {kind === 'create' && <Button onClick={onContinue}>Go on creating it</Button>}
        <Button onClick={onForget}>Forget it</Button>
      </div>
    </Notice>
  );
}
