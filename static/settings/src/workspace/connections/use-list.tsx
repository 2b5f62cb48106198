import type { ConnectionUse } from '@contracts/connections';

interface UseListProps {
  readonly uses: readonly ConnectionUse[];
  readonly isMore: boolean;
}

/** Repositories that use a connection, with the project of each. */
export function UseList({ uses, isMore }: UseListProps) {
  return (
    <ul>
      {uses.map(({ repositoryUuid, repositoryName, projectKey }) => (
        <li key={`${repositoryUuid} ${projectKey}`}>
          {repositoryName ?? `A repository that is gone (${repositoryUuid})`}:{' '}
          <code>{projectKey}</code>
        </li>
      ))}
      {isMore && <li>… and more</li>}
    </ul>
  );
}
