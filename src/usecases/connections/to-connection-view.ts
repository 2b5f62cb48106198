import type { ConnectionView } from '../../contracts/connections';
import type { Connection } from '../../domain/connection';
import { toTokenWarning } from '../../domain/token-warning';

/** A connection as the workspace page shows it; what to say of its token is decided now. */
export function toConnectionView(
  {
    token,
    publicUrl,
    organizationKey,
    organizationBound,
    version,
    edition,
    actsAs,
    ...connection
  }: Connection,
  nowMs: number,
): ConnectionView {
  const warning = token && toTokenWarning(token, nowMs);
  return {
    ...connection,
    ...(publicUrl !== undefined && { publicUrl }),
    ...(organizationKey !== undefined && { organizationKey }),
    ...(version !== undefined && { version }),
    ...(edition !== undefined && { edition }),
    ...(actsAs !== undefined && { actsAs }),
    ...(token && { token: { ...token, ...(warning && { warning }) } }),
  };
}
