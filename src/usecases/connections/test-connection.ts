import type { ConnectionCheck, ConnectionTest, Diagnosis } from '../../contracts/connections';
import type { Connection, ServerKind } from '../../domain/connection';
import {
  checkConnectionUrl,
  checkPublicUrl,
  isInternalUrl,
  type CheckedUrl,
} from '../../domain/connection-url';
import type { AnalysisServer, OpenServer } from '../../domain/ports/analysis-server';
import type { Clock } from '../../domain/ports/clock';
import type { ReadServerFacts, ServerFacts } from '../../domain/ports/server-facts';
import { isSupportedVersion, toCapabilities } from '../../domain/server-support';
import { toTokenWarning } from '../../domain/token-warning';
import { diagnose, toDiagnosis } from '../../errors/diagnose';
import {
  RemoteEgressBlockedError,
  RemoteError,
  RemoteForbiddenError,
} from '../../errors/remote-errors';

/** What is to be tried; the token is as `toToken` gives it. */
export interface ConnectionDraft {
  readonly kind: ServerKind;
  readonly url: string;
  readonly publicUrl?: string | undefined;
  readonly organizationKey?: string | undefined;
  readonly writesBindings?: boolean | undefined;
  readonly token: string;
}

/** The addresses in the form that is stored, and what the server said of itself. */
export interface TestedConnection {
  readonly test: ConnectionTest;
  readonly url: string;
  readonly publicUrl: string | undefined;
  readonly facts: Pick<Connection, 'version' | 'edition' | 'capabilities' | 'actsAs'> & {
    readonly tokenExpiresAt?: string | undefined;
  };
}

/** The id of a connection that is stored says whose calls are counted. */
export type TestConnection = (
  draft: ConnectionDraft & { readonly connectionId?: string | undefined },
) => Promise<TestedConnection>;

export interface TestConnectionOptions {
  readonly openServer: OpenServer;
  readonly readServerFacts: ReadServerFacts;
  readonly clock: Clock;
}

type Step = ConnectionCheck['step'];
type Outcome = Omit<ConnectionCheck, 'step'>;

const steps: readonly Step[] = [
  'address',
  'egress',
  'reach',
  'version',
  'token',
  'permissions',
  'baseUrl',
  'pullRequests',
];
const passed: Outcome = { outcome: 'passed' };
const failed = (diagnosis: Diagnosis): Outcome => ({ outcome: 'failed', diagnosis });
const warning = (diagnosis: Diagnosis): Outcome => ({ outcome: 'warning', diagnosis });

/** Thrown inside the test alone: the step that ends it. */
class StepFailed extends Error {
  constructor(
    readonly step: Step,
    readonly diagnosis: Diagnosis,
  ) {
    super(diagnosis.code);
  }
}

/**
 * Tries a connection step by step until one fails: the address, whether Forge may call it, whether SonarQube answers and
 * in which version, the token, its rights, the server's own address, pull requests. Changes nothing and never throws for
 * what a server does.
 */
export function createTestConnection(options: TestConnectionOptions): TestConnection {
  const { openServer, readServerFacts, clock } = options;

  return async (draft) => {
    const outcomes = new Map<Step, Outcome>();
    const found: {
      url: string;
      publicUrl?: string | undefined;
      version?: string | undefined;
      actsAs?: string;
      facts?: ServerFacts;
    } = { url: draft.url };

    async function tryEach(): Promise<void> {
      found.url = requireAddress(checkConnectionUrl(draft.kind, draft.url));
      found.publicUrl =
        draft.publicUrl === undefined || draft.publicUrl.trim() === ''
          ? undefined
          : requireAddress(checkPublicUrl(draft.publicUrl));
      outcomes.set('address', passed);
      const { connectionId, kind, organizationKey, token } = draft;
      const facts = { connectionId, kind, url: found.url, organizationKey };
      const status = await asking('first', () =>
        openServer({ connection: facts, token }).findStatus(),
      );
      if (status) {
        reached();
        if (!status.isUp) throw new StepFailed('version', toDiagnosis('serverStarting'));
        if (!isSupportedVersion(status.version)) {
          throw new StepFailed('version', toDiagnosis('versionTooOld'));
        }
        outcomes.set('version', passed);
        found.version = status.version;
      }
      const connection = { ...facts, version: found.version };
      const server = openServer({ connection, token });
      const account = await asking('token', () => server.findAccount());
      reached();
      if (!account) throw new StepFailed('token', toDiagnosis('unauthorized'));
      found.actsAs = account.name;
      found.facts = await asking('token', () => readServerFacts({ connection, token }));
      outcomes.set('token', judgeToken(found.facts));
      if (kind === 'sonarqube-server' || organizationKey !== undefined) {
        outcomes.set('permissions', await judgeRights(server));
      }
      if (kind === 'sonarqube-server') {
        outcomes.set('baseUrl', judgeBaseUrl(found.facts, [found.url, found.publicUrl]));
      }
      outcomes.set(
        'pullRequests',
        found.facts.hasPullRequests ? passed : warning(toDiagnosis('noPullRequestAnalysis')),
      );
    }

    function reached(): void {
      outcomes.set('egress', passed);
      outcomes.set('reach', passed);
    }

    async function asking<T>(
      place: 'first' | 'token' | 'rights',
      call: () => Promise<T>,
    ): Promise<T> {
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof RemoteError)) throw error;
        const diagnosis = diagnose(error, place);
        if (error instanceof RemoteEgressBlockedError) throw new StepFailed('egress', diagnosis);
        const isToken = ['unauthorized', 'forbiddenScope'].includes(diagnosis.code);
        const step = place === 'rights' ? 'permissions' : isToken ? 'token' : 'reach';
        throw new StepFailed(step, diagnosis);
      }
    }

    async function judgeRights(server: AnalysisServer): Promise<Outcome> {
      await asking('rights', () => server.searchProjects({ query: '', page: 1, pageSize: 1 }));
      try {
        await server.listWebhooks();
        return passed;
      } catch (error) {
        if (!(error instanceof RemoteForbiddenError)) {
          return asking('rights', () => Promise.reject(error as Error));
        }
        return warning(toDiagnosis('webhookNotAllowed'));
      }
    }

    function judgeToken({ tokenExpiresAt }: ServerFacts): Outcome {
      if (tokenExpiresAt === undefined) return passed;
      const nowMs = clock.nowMs();
      const savedAt = new Date(nowMs).toISOString();
      const told = toTokenWarning({ savedAt, expiresAt: tokenExpiresAt }, nowMs);
      return told ? warning(toDiagnosis('tokenExpiring', told.message)) : passed;
    }

    try {
      await tryEach();
    } catch (error) {
      if (!(error instanceof StepFailed)) throw error;
      if (error.step === 'reach') outcomes.set('egress', passed);
      outcomes.set(error.step, failed(error.diagnosis));
    }
    const checks = steps.map((step) => ({
      step,
      ...(outcomes.get(step) ?? ({ outcome: 'skipped' } as const)),
    }));
    const { version, actsAs, facts } = found;
    const edition = facts?.edition;
    const tokenExpiresAt = facts?.tokenExpiresAt;
    return {
      test: {
        isUsable: checks.every(({ outcome }) => outcome !== 'failed'),
        checks,
        ...(version !== undefined && { version }),
        ...(edition !== undefined && { edition }),
        ...(actsAs !== undefined && { actsAs }),
        ...(tokenExpiresAt !== undefined && { tokenExpiresAt }),
      },
      url: found.url,
      publicUrl: found.publicUrl,
      facts: {
        version,
        edition,
        actsAs,
        capabilities: toCapabilities(draft.kind, facts?.hasPullRequests ?? true),
        tokenExpiresAt,
      },
    };
  };
}

function requireAddress(checked: CheckedUrl): string {
  if (checked.ok) return checked.url;
  const code = checked.isPort === true ? 'portBlocked' : 'addressRefused';
  throw new StepFailed('address', toDiagnosis(code, checked.problem));
}

/** Links that the server makes itself lead to its base URL, so one that nobody can open is worth a word. */
function judgeBaseUrl({ baseUrl }: ServerFacts, known: readonly (string | undefined)[]): Outcome {
  if (baseUrl === undefined || baseUrl === '') return { outcome: 'skipped' };
  if (isInternalUrl(baseUrl)) return warning(toDiagnosis('baseUrlLocal'));
  const bare = baseUrl.replace(/\/+$/, '');
  return known.includes(bare) ? passed : warning(toDiagnosis('baseUrlDiffers'));
}
