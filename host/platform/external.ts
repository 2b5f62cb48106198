import type { CustomerEgress } from './customer-egress';
import type { Manifest } from './manifest';

/** `permissions.external` as the SDKs see it: what an administrator allowed stands beside what the manifest declares. */
export function externalOf(
  { external, backendEgress }: Pick<Manifest, 'external' | 'backendEgress'>,
  egress: Pick<CustomerEgress, 'backendDomains'>,
): Readonly<Record<string, unknown>> {
  const granted = egress.backendDomains();
  if (granted.length === 0) return external;
  const fetch = typeof external['fetch'] === 'object' ? external['fetch'] : {};
  return { ...external, fetch: { ...fetch, backend: [...backendEgress, ...granted] } };
}
