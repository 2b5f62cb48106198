import * as z from 'zod/mini';
import { NoInput, TokenInput, typedText } from './claims';
import { OperationView } from './operations';
import { procedure } from './procedure';

/** What has an address and a token. */
export const ServerKind = z.enum(['sonarqube-cloud', 'sonarqube-server']);
export type ServerKind = z.infer<typeof ServerKind>;

/** `demo`: sample data that is part of the app. */
export const ConnectionKind = z.enum(['sonarqube-cloud', 'sonarqube-server', 'demo']);
export type ConnectionKind = z.infer<typeof ConnectionKind>;

/** A connection as a choice: nothing of it but what a person needs to tell it from others. */
export const ConnectionChoice = z.strictObject({
  connectionId: z.string(),
  name: z.string(),
  kind: ConnectionKind,
  /** Where people open it. */
  url: z.string(),
  /** Whether bindings are written on the server too. */
  keepsBindings: z.boolean(),
});
export type ConnectionChoice = z.infer<typeof ConnectionChoice>;

/** Everything that a connection test can find wrong; each has its own sentence and next step. */
export const DiagnosisCode = z.enum([
  'addressRefused',
  'nameResolution',
  'tls',
  'connectionRefused',
  'connectionBroken',
  'timeout',
  'portBlocked',
  'egressNotAllowed',
  'redirect',
  'wrongBasePath',
  'htmlLoginPage',
  'notSonarQube',
  'versionTooOld',
  'serverStarting',
  'unauthorized',
  'forbiddenScope',
  'forbiddenAddress',
  'organizationUnknown',
  'noPullRequestAnalysis',
  'webhookNotAllowed',
  'baseUrlDiffers',
  'baseUrlLocal',
  'tokenExpiring',
  'tokenExpired',
  'rateLimited',
  'serverError',
  'answerUnusable',
]);
export type DiagnosisCode = z.infer<typeof DiagnosisCode>;

/** What is wrong, in a sentence, and what to do about it. Never holds a token or a text of the server. */
export const Diagnosis = z.strictObject({
  code: DiagnosisCode,
  message: z.string(),
  nextStep: z.string(),
});
export type Diagnosis = z.infer<typeof Diagnosis>;

export const ConnectionCheck = z.strictObject({
  step: z.enum([
    'address',
    'egress',
    'reach',
    'version',
    'token',
    'permissions',
    'baseUrl',
    'pullRequests',
  ]),
  /** A warning does not keep a connection from being saved. */
  outcome: z.enum(['passed', 'warning', 'failed', 'skipped']),
  diagnosis: z.optional(Diagnosis),
});
export type ConnectionCheck = z.infer<typeof ConnectionCheck>;

export const ConnectionTest = z.strictObject({
  isUsable: z.boolean(),
  checks: z.array(ConnectionCheck),
  version: z.optional(z.string()),
  edition: z.optional(z.string()),
  /** The account that the token belongs to, so that a person sees as whom the app acts. */
  actsAs: z.optional(z.string()),
  tokenExpiresAt: z.optional(z.string()),
});
export type ConnectionTest = z.infer<typeof ConnectionTest>;

/** What is known of a token without knowing it. */
export const TokenFacts = z.strictObject({
  lastCharacters: z.string(),
  savedAt: z.string(),
  expiresAt: z.optional(z.string()),
  /** Absent while nothing has to be done. */
  warning: z.optional(
    z.strictObject({
      level: z.enum(['month', 'week', 'day', 'expired', 'old']),
      message: z.string(),
    }),
  ),
});
export type TokenFacts = z.infer<typeof TokenFacts>;

export const ConnectionCapabilities = z.strictObject({
  /** Pull request analysis. */
  pullRequests: z.boolean(),
  /** Records of DevOps platforms (a Server). */
  devOpsPlatforms: z.boolean(),
  /** Bindings of projects on the server. */
  projectBindings: z.boolean(),
});
export type ConnectionCapabilities = z.infer<typeof ConnectionCapabilities>;

export const ConnectionView = z.strictObject({
  connectionId: z.string(),
  /** Changes with every write; sent back with an edit, so that of two admins the second hears of a conflict. */
  sequence: z.int(),
  name: z.string(),
  kind: ConnectionKind,
  url: z.string(),
  /** Where people reach the server, when that is another address. */
  publicUrl: z.optional(z.string()),
  organizationKey: z.optional(z.string()),
  /** False when bindings are not written on the server too. */
  writesBindings: z.optional(z.boolean()),
  version: z.optional(z.string()),
  edition: z.optional(z.string()),
  /** The account that the token belonged to when it was last tried. */
  actsAs: z.optional(z.string()),
  capabilities: ConnectionCapabilities,
  token: z.optional(TokenFacts),
  state: z.enum(['active', 'disconnecting']),
  health: z.strictObject({
    state: z.enum(['ok', 'failing', 'unknown']),
    checkedAt: z.optional(z.string()),
    diagnosis: z.optional(Diagnosis),
  }),
});
export type ConnectionView = z.infer<typeof ConnectionView>;

/** An address and a token, to be tried before they are saved. Without a token, the stored one of the connection. */
const ConnectionDraft = z.strictObject({
  connectionId: z.optional(z.string()),
  kind: ServerKind,
  url: typedText(2000),
  publicUrl: z.optional(typedText(2000)),
  /** Only on a Server: whether bindings are written there too; they are unless it says false. */
  writesBindings: z.optional(z.boolean()),
  /** Only on SonarQube Cloud; may be chosen later. */
  organizationKey: z.optional(typedText(255)),
  token: z.optional(TokenInput),
});

const ConnectionName = z.string().check(z.minLength(1), z.maxLength(200));

/** What the server reports of its plan; absent members are not reported, which is not 0. */
export const ConnectionUsage = z.strictObject({
  plan: z.optional(z.string()),
  lines: z.optional(z.number()),
  limit: z.optional(z.number()),
});
export type ConnectionUsage = z.infer<typeof ConnectionUsage>;

/** A repository that uses a connection. */
export const ConnectionUse = z.strictObject({
  repositoryUuid: z.string(),
  repositoryName: z.optional(z.string()),
  projectKey: z.string(),
});
export type ConnectionUse = z.infer<typeof ConnectionUse>;

/** What disconnecting touches: counted up to 1,000, so that the preview of 10,000 repositories comes at once. */
export const DisconnectImpact = z.strictObject({
  projects: z.number(),
  isMore: z.boolean(),
  hasWebhook: z.boolean(),
  /** The first repositories by name. */
  sample: z.array(ConnectionUse),
});
export type DisconnectImpact = z.infer<typeof DisconnectImpact>;

export const connectionProcedures = {
  'connection.list': procedure(
    'workspaceOwner',
    'read',
    NoInput,
    z.strictObject({ connections: z.array(ConnectionView) }),
  ),
  /** Tries everything and changes nothing. */
  'connection.test': procedure('workspaceOwner', 'read', ConnectionDraft, ConnectionTest),
  'connection.add': procedure(
    'workspaceOwner',
    'write',
    z.extend(z.omit(ConnectionDraft, { connectionId: true }), { name: ConnectionName }),
    z.strictObject({ connection: ConnectionView, test: ConnectionTest }),
  ),
  /** Adds a connection to sample data, so that everything can be tried before there is a token. */
  'connection.startDemo': procedure(
    'workspaceOwner',
    'write',
    NoInput,
    z.strictObject({ connection: ConnectionView }),
  ),
  /** A changed URL needs the token again. */
  'connection.update': procedure(
    'workspaceOwner',
    'write',
    z.strictObject({
      connectionId: z.string(),
      sequence: z.int(),
      name: ConnectionName,
      url: typedText(2000),
      publicUrl: z.optional(typedText(2000)),
      writesBindings: z.optional(z.boolean()),
      token: z.optional(TokenInput),
    }),
    z.strictObject({ connection: ConnectionView, test: ConnectionTest }),
  ),
  /** Tries the new token first; the old one stays when the new one does not work. */
  'connection.rotateToken': procedure(
    'workspaceOwner',
    'write',
    z.strictObject({ connectionId: z.string(), token: TokenInput }),
    z.strictObject({ connection: ConnectionView, test: ConnectionTest }),
  ),
  'connection.rotateWebhookSecret': procedure(
    'workspaceOwner',
    'write',
    z.strictObject({ connectionId: z.string() }),
    z.strictObject({}),
  ),
  /** How changes on the server are noticed; it calls nobody. */
  'connection.messages': procedure(
    'workspaceOwner',
    'read',
    z.strictObject({ connectionId: z.string() }),
    z.strictObject({
      webhook: z.optional(z.enum(['there', 'unavailable'])),
      lastMessageAt: z.optional(z.string()),
    }),
  ),
  'connection.usage': procedure(
    'workspaceOwner',
    'read',
    z.strictObject({ connectionId: z.string() }),
    ConnectionUsage,
  ),
  /** The repositories that use it, 100 at most a page. */
  'connection.uses': procedure(
    'workspaceOwner',
    'read',
    z.strictObject({ connectionId: z.string(), cursor: z.optional(z.string()) }),
    z.strictObject({ uses: z.array(ConnectionUse), nextCursor: z.optional(z.string()) }),
  ),
  /** Removes a connection that nobody uses; refused with the users otherwise. */
  'connection.remove': procedure(
    'workspaceOwner',
    'write',
    z.strictObject({ connectionId: z.string(), sequence: z.int() }),
    z.strictObject({}),
  ),
  /** What disconnecting touches, before it is done. */
  'connection.previewDisconnect': procedure(
    'workspaceOwner',
    'read',
    z.strictObject({ connectionId: z.string() }),
    DisconnectImpact,
  ),
  /** Unbinds every repository of the connection in the queue, then its webhook, token and record; `typedName` confirms it. */
  'connection.disconnect': procedure(
    'workspaceOwner',
    'write',
    z.strictObject({ connectionId: z.string(), typedName: typedText(200) }),
    z.strictObject({ operation: OperationView }),
  ),
} as const;
