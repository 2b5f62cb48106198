import type { BoundProjectView } from '@contracts/repository';
import { useEffect, useRef, useState } from 'react';
import { call } from '../../../shared/bridge/call';
import { Notice } from '../../../shared/components/notice';
import { Button } from '../button';
import { FailureNotice } from '../failure-notice';
import { useAction } from '../use-action';
import type { SectionProps } from './section-props';

interface UnbindConfirmationProps extends SectionProps {
  readonly project: BoundProjectView;
  readonly onClose: () => void;
}

/** What unbinding touches, before it is done. The focus comes here, and the keys go on from here. */
export function UnbindConfirmation(props: UnbindConfirmationProps) {
  const { repositoryUuid, project, onChanged, onClose } = props;
  const { connectionId, projectKey, projectName } = project;
  const address = { repositoryUuid, connectionId, projectKey };
  const [sentences, setSentences] = useState<readonly string[]>();
  const preview = useAction();
  const unbind = useAction();
  const heading = useRef<HTMLHeadingElement>(null);

  function load(): void {
    preview.run(async () => {
      setSentences((await call('repository.previewUnbind', address)).sentences);
    });
  }
  useEffect(() => {
    heading.current?.focus();
    load();
  }, []);

  function onConfirm(): void {
    unbind.run(async () => {
      const changed = await call('repository.unbind', address);
      onClose();
      onChanged(changed, `"${projectName}" is unbound.`);
    });
  }

  return (
    <Notice tone="warning">
      <h3 tabIndex={-1} ref={heading}>
        Unbind “{projectName}”?
      </h3>
      {preview.failure && <FailureNotice failure={preview.failure} onRetry={load} />}
      {preview.isRunning && <p>Looking at what this touches…</p>}
      <ul>
        {sentences?.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {unbind.failure && <FailureNotice failure={unbind.failure} />}
      <div className="row start">
        {sentences && (
          <Button look="danger" isRunning={unbind.isRunning} onClick={onConfirm}>
            Unbind the project
          </Button>
        )}
        <Button onClick={onClose}>Keep it</Button>
      </div>
    </Notice>
  );
}
