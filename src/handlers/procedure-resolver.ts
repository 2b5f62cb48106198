import { NeedsAuthenticationError } from '@forge/api';
import Resolver from '@forge/resolver';
import * as z from 'zod/mini';
import {
  procedures,
  type InputOf,
  type OutputOf,
  type ProcedureName,
} from '../contracts/procedures';
import type { Reply } from '../contracts/reply';
import type { Written } from '../domain/change';
import type { Log } from '../domain/ports/log';
import { AppError } from '../errors/app-error';
import type { Authorize } from '../usecases/authorize';
import type { Caller, ProvenCaller } from '../usecases/caller';
import type { ChargeCalls } from '../usecases/charge-calls';
import type { RecordChange } from '../usecases/record-change';
import { toWorkspaceUuid } from './installation';
import { toErrorBody } from './to-error-body';

/** What a procedure does: one that writes also says what it changed, for the audit log. */
export type Implementation<N extends ProcedureName> = (
  input: InputOf<N>,
  caller: ProvenCaller,
) => Promise<(typeof procedures)[N]['effect'] extends 'write' ? Written<OutputOf<N>> : OutputOf<N>>;

export type Implementations<N extends ProcedureName> = { readonly [K in N]: Implementation<K> };

export interface ProcedureResolverOptions {
  readonly authorize: Authorize;
  readonly recordChange: RecordChange;
  readonly chargeCalls: ChargeCalls;
  readonly log: Log;
}

const Account = z.object({ accountId: z.string() });

/**
 * A resolver of these procedures. Who calls is taken from the platform, never from the payload; the right that the
 * contract asks for is proven before a procedure runs, and what it changed is recorded after it.
 */
export function createProcedureResolver<N extends ProcedureName>(
  implementations: Implementations<N>,
  { authorize, recordChange, chargeCalls, log }: ProcedureResolverOptions,
) {
  async function run(name: N, payload: unknown, context: unknown): Promise<unknown> {
    const input = parseInput(name, payload);
    const caller = await authorize(procedures[name].access, input, toCaller(context));
    const answer: unknown = await chargeCalls(() => implementations[name](input, caller));
    if (procedures[name].effect !== 'write') return parseOutput(name, answer);
    const { output, change } = answer as Written<unknown>;
    if (change) await recordChange(name, change, caller.accountId);
    return parseOutput(name, output);
  }

  async function answer(name: N, payload: unknown, context: unknown): Promise<Reply<unknown>> {
    try {
      return { ok: true, data: await run(name, payload, context) };
    } catch (error) {
      // The platform answers this one by asking the user for consent.
      if (error instanceof NeedsAuthenticationError) throw error;
      return { ok: false, error: toErrorBody(error, log) };
    }
  }

  const resolver = new Resolver();
  for (const name of Object.keys(implementations) as N[]) {
    resolver.define(name, ({ payload, context }: { payload: unknown; context: unknown }) =>
      answer(name, payload, context),
    );
  }
  return resolver.getDefinitions();
}

function toCaller(context: unknown): Caller {
  const account = Account.safeParse(context);
  if (!account.success) {
    throw new AppError('NOT_SIGNED_IN', 'Bitbucket does not say who you are. Sign in again.');
  }
  return { accountId: account.data.accountId, workspaceUuid: toWorkspaceUuid(context) };
}

function parseInput<N extends ProcedureName>(name: N, payload: unknown): InputOf<N> {
  const parsed = procedures[name].input.safeParse(payload);
  if (!parsed.success) {
    throw new AppError(
      'INVALID_INPUT',
      'The page sent something that the app does not understand. Reload the page.',
      // Only places and rules: a value could be a token.
      { cause: new Error(parsed.error.issues.map(({ path }) => path.join('.')).join(', ')) },
    );
  }
  return parsed.data as InputOf<N>;
}

/** Nothing leaves that the contract does not name. @throws when our own answer does not fit. */
function parseOutput<N extends ProcedureName>(name: N, output: unknown): OutputOf<N> {
  return procedures[name].output.parse(output) as OutputOf<N>;
}
