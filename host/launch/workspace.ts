import type { Installation } from '../platform/types';

/** The one workspace of the host. Its identity never changes, so that stored state fits after every start. */
export const workspace = {
  uuid: '6f1d0e2a-0f3b-4c58-9a57-1c2b8e5d7a40',
  slug: 'workshop',
  name: 'Workshop',
} as const;

/** The app's installation on it. */
export const installation: Installation = {
  installationId: 'b4c7f2d1-93a8-4e0c-8d15-7f6a2c9b3e51',
  workspaceUuid: workspace.uuid,
  workspaceSlug: workspace.slug,
  environmentId: 'd27a8c36-5b4e-4f19-b0a2-e81c64f3a975',
  environmentType: 'DEVELOPMENT',
};

/** The installation on another workspace. */
export function installationOn(place: {
  readonly uuid: string;
  readonly slug: string;
}): Installation {
  return { ...installation, workspaceUuid: place.uuid, workspaceSlug: place.slug };
}
