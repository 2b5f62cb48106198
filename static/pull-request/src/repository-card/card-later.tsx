import { useEffect, useState } from 'react';
import { CallFailure } from '../../../shared/bridge/call';
import type { Formats } from '../../../shared/format/formats';
import { Failure } from '../failure';
import type * as card from './repository-card';

export interface RepositoryCardProps {
  readonly repositoryUuid: string;
  readonly formats: Formats;
}

/** The card of a repository, fetched when it is wanted, so that pull request pages do not carry it. */
export function CardLater(props: RepositoryCardProps) {
  const [loaded, setLoaded] = useState<typeof card | 'failed'>();
  useEffect(() => {
    import('./repository-card').then(setLoaded, () => setLoaded('failed'));
  }, []);
  if (loaded === 'failed') {
    return (
      <Failure
        failure={new CallFailure('PLATFORM')}
        isViewShown={false}
        onRetry={() => location.reload()}
      />
    );
  }
  return loaded ? <loaded.RepositoryCard {...props} /> : null;
}
