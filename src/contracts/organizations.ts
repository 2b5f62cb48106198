import * as z from 'zod/mini';
import { typedText } from './claims';
import { OperationView } from './operations';
import { procedure } from './procedure';

/** The platform that an organization is bound to, as far as the server tells. */
export const OrganizationPlatform = z.strictObject({
  kind: z.enum(['bitbucket', 'github', 'gitlab', 'azure', 'unknown']),
  url: z.optional(z.string()),
  isThisWorkspace: z.boolean(),
});
export type OrganizationPlatform = z.infer<typeof OrganizationPlatform>;

export const Organization = z.strictObject({
  key: z.string(),
  name: z.string(),
  /** Whether the token may administer it. */
  isAdmin: z.boolean(),
  /** Absent while it is bound to nothing. */
  platform: z.optional(OrganizationPlatform),
  /** Absent when it can be bound. */
  refusal: z.optional(
    z.strictObject({
      code: z.enum([
        'boundElsewhere',
        'boundToOtherWorkspace',
        'noAdministrator',
        'usedByOtherInstallation',
      ]),
      message: z.string(),
      nextStep: z.string(),
    }),
  ),
});
export type Organization = z.infer<typeof Organization>;

export const WorkspaceBindingView = z.strictObject({
  connectionId: z.string(),
  connectionName: z.string(),
  organizationKey: z.string(),
  region: z.enum(['eu', 'us']),
  /** `unbinding` while its repositories are being unbound. */
  state: z.enum(['bound', 'unbinding']),
  boundAt: z.string(),
  boundBy: z.string(),
  /** Absent when the binding can be changed and removed; otherwise why not. */
  fixedBecause: z.optional(z.string()),
});
export type WorkspaceBindingView = z.infer<typeof WorkspaceBindingView>;

/** What a change or removal touches, counted before it is done. */
export const BindingImpact = z.strictObject({
  repositories: z.number(),
  projects: z.number(),
  serverBindings: z.number(),
  webhooks: z.number(),
  /** Names of the first repositories, for the preview. */
  sample: z.array(z.string()),
});
export type BindingImpact = z.infer<typeof BindingImpact>;

const OrganizationInput = z.strictObject({
  connectionId: z.string(),
  organizationKey: typedText(255),
});

export const organizationProcedures = {
  /** The organizations that the token sees, 50 a page, with what stands in the way of binding each. */
  'organization.list': procedure(
    'workspaceOwner',
    'read',
    z.strictObject({ connectionId: z.string(), page: z.int().check(z.positive()) }),
    z.strictObject({
      organizations: z.array(Organization),
      total: z.number(),
      actsAs: z.optional(z.string()),
    }),
  ),
  /** A key made from the workspace's name by the server's rules. */
  'organization.suggest': procedure(
    'workspaceOwner',
    'read',
    z.strictObject({ connectionId: z.string() }),
    z.strictObject({ name: z.string(), key: z.string() }),
  ),
  'organization.checkKey': procedure(
    'workspaceOwner',
    'read',
    OrganizationInput,
    z.strictObject({ isFree: z.boolean(), message: z.string() }),
  ),
  'organization.create': procedure(
    'workspaceOwner',
    'write',
    z.extend(OrganizationInput, {
      name: typedText(255),
      description: z.optional(typedText(256)),
      avatar: z.optional(typedText(2000)),
      url: z.optional(typedText(2000)),
    }),
    z.strictObject({ organization: Organization }),
  ),
  /** Owners as far as the server names them, and a message ready to copy, for who lost administrator access. */
  'organization.lostAdministrator': procedure(
    'workspaceOwner',
    'read',
    OrganizationInput,
    z.strictObject({ owners: z.array(z.string()), message: z.string() }),
  ),
  'workspaceBinding.bind': procedure(
    'workspaceOwner',
    'write',
    z.extend(OrganizationInput, {
      /** Takes an organization over from another installation, after the page asked. */
      takeOver: z.boolean(),
    }),
    z.strictObject({ binding: WorkspaceBindingView }),
  ),
  'workspaceBinding.preview': procedure(
    'workspaceOwner',
    'read',
    z.strictObject({ connectionId: z.string() }),
    BindingImpact,
  ),
  /** Unbinds every repository of the connection in the queue, then the workspace; `typedKey` confirms it. */
  'workspaceBinding.remove': procedure(
    'workspaceOwner',
    'write',
    z.strictObject({ connectionId: z.string(), typedKey: typedText(255) }),
    z.strictObject({ operation: OperationView }),
  ),
} as const;
