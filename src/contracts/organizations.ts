import * as z from 'zod/mini';
import { typedText } from './claims';
import { ConnectionView, DisconnectImpact } from './connections';
import { OperationView } from './operations';
import { procedure } from './procedure';

/** The DevOps platform that an organization is bound to on SonarQube Cloud, as far as Cloud tells. */
export const OrganizationPlatform = z.strictObject({
  kind: z.enum(['bitbucket', 'github', 'gitlab', 'azure', 'unknown']),
  url: z.string(),
  isThisWorkspace: z.boolean(),
});
export type OrganizationPlatform = z.infer<typeof OrganizationPlatform>;

export const OrganizationRefusal = z.strictObject({
  code: z.enum([
    'boundElsewhere',
    'boundToOtherWorkspace',
    'noAdministrator',
    'usedByOtherInstallation',
    'usedByOtherConnection',
  ]),
  message: z.string(),
  nextStep: z.string(),
});
export type OrganizationRefusal = z.infer<typeof OrganizationRefusal>;

export const Organization = z.strictObject({
  key: z.string(),
  name: z.string(),
  /** Absent while it is bound to nothing, or Cloud does not tell the token. */
  platform: z.optional(OrganizationPlatform),
  /** Absent when the workspace can be bound to it. */
  refusal: z.optional(OrganizationRefusal),
});
export type Organization = z.infer<typeof Organization>;

/** What a person is in the middle of: an organization to be made, or one whose administrator was asked for access. */
export const OrganizationDraft = z.strictObject({
  kind: z.enum(['create', 'access']),
  organizationKey: typedText(255),
  name: z.optional(typedText(255)),
  description: z.optional(typedText(2000)),
  avatar: z.optional(typedText(2000)),
  url: z.optional(typedText(2000)),
});
export type OrganizationDraft = z.infer<typeof OrganizationDraft>;

const ConnectionInput = z.strictObject({ connectionId: z.string() });
const OrganizationInput = z.extend(ConnectionInput, { organizationKey: typedText(255) });

export const organizationProcedures = {
  /** The organization that the workspace is bound to through a connection. */
  'organization.view': procedure(
    'workspaceOwner',
    'read',
    ConnectionInput,
    z.strictObject({
      /** The account that the token belongs to. */
      actsAs: z.optional(z.string()),
      organizationKey: z.optional(z.string()),
      boundAt: z.optional(z.string()),
      boundBy: z.optional(z.string()),
      platform: z.optional(OrganizationPlatform),
      /** Why the binding can be neither changed nor removed; absent when it can. */
      fixedBecause: z.optional(z.string()),
    }),
  ),
  /** The organizations that the token's account belongs to, 10 a page, with what stands in the way of each. */
  'organization.list': procedure(
    'workspaceOwner',
    'read',
    z.extend(ConnectionInput, { page: z.int().check(z.positive(), z.maximum(100)) }),
    z.strictObject({ organizations: z.array(Organization), hasMore: z.boolean() }),
  ),
  /** Name and key made from the workspace's by the rules of Cloud. */
  'organization.suggest': procedure(
    'workspaceOwner',
    'read',
    ConnectionInput,
    z.strictObject({ name: z.string(), key: z.string() }),
  ),
  'organization.checkKey': procedure(
    'workspaceOwner',
    'read',
    OrganizationInput,
    z.strictObject({
      isFree: z.boolean(),
      /** There is an organization with this key. */
      isTaken: z.boolean(),
      message: z.string(),
    }),
  ),
  'organization.create': procedure(
    'workspaceOwner',
    'write',
    z.extend(OrganizationInput, {
      name: typedText(255),
      description: z.optional(typedText(2000)),
      avatar: z.optional(typedText(2000)),
      url: z.optional(typedText(2000)),
    }),
    z.strictObject({}),
  ),
  /** Who lost administrator access: people to ask as far as Cloud names them, and a message to send to them. */
  'organization.lostAdministrator': procedure(
    'workspaceOwner',
    'read',
    OrganizationInput,
    z.strictObject({ people: z.array(z.string()), message: z.string() }),
  ),
  /** What the caller was about to do here within the last seven days. */
  'organization.draft': procedure(
    'workspaceOwner',
    'read',
    ConnectionInput,
    z.strictObject({ draft: z.optional(OrganizationDraft), savedAt: z.optional(z.string()) }),
  ),
  /** Without a draft, the last one is forgotten. */
  'organization.keepDraft': procedure(
    'workspaceOwner',
    'draft',
    z.extend(ConnectionInput, { draft: z.optional(OrganizationDraft) }),
    z.strictObject({}),
  ),
  /** `takeOver` lets go of another installation that uses it, after the page asked. */
  'organization.bind': procedure(
    'workspaceOwner',
    'write',
    z.extend(OrganizationInput, { takeOver: z.boolean() }),
    z.strictObject({ connection: ConnectionView }),
  ),
  'organization.previewUnbind': procedure(
    'workspaceOwner',
    'read',
    ConnectionInput,
    DisconnectImpact,
  ),
  /** Unbinds every repository of the connection in the queue, then the organization; `typedKey` confirms it. */
  'organization.unbind': procedure(
    'workspaceOwner',
    'write',
    z.extend(ConnectionInput, { typedKey: typedText(255) }),
    z.strictObject({ operation: OperationView }),
  ),
} as const;
