import { askPerson } from './dialog';
import type { FrameSession } from './frame-session';
import { member, textMember } from './payload';
import { post } from './server-call';

/** `permissions.egress.*` of the bridge, but for the one that asks a person. */
export function egressCommand(operation: 'get' | 'deleteDomain' | 'deleteGroup') {
  return (session: FrameSession, payload: unknown): Promise<unknown> =>
    post(`/-/frames/${session.frameId}/egress/${operation}`, payload ?? {});
}

/** `permissions.egress.set`: the shell asks the administrator, and "no" rejects; the app cannot answer for them. */
export async function setEgress(session: FrameSession, payload: unknown): Promise<unknown> {
  await post(`/-/frames/${session.frameId}/egress/check`, payload ?? {});
  const isAllowed = await askPerson({
    title: 'Allow this app to connect?',
    content: groupsOf(payload).flatMap(describe),
    no: 'Refuse',
    yes: 'Allow',
  });
  if (!isAllowed) throw new Error('The administrator refused the connection.');
  return post(`/-/frames/${session.frameId}/egress/set`, payload ?? {});
}

function groupsOf(payload: unknown): readonly unknown[] {
  const egresses = member(payload, 'egresses');
  return Array.isArray(egresses) ? egresses : [];
}

function describe(group: unknown): HTMLElement[] {
  const description = document.createElement('p');
  description.textContent = textMember(group, 'description') ?? '';
  const domains = document.createElement('ul');
  const configured = member(group, 'configured');
  for (const one of Array.isArray(configured) ? configured : []) {
    const item = document.createElement('li');
    item.textContent = textMember(one, 'domain') ?? '';
    domains.append(item);
  }
  return [description, domains];
}
