import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { CommandLineError } from './command-line';

export interface TokenSource {
  /** Environment of the process. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream;
}

/**
 * A token out of the variable, or typed on the terminal, which does not show it. Never out of the command line, which
 * everybody on the machine sees. @throws CommandLineError without either.
 */
export async function askToken(
  { variable, of }: { readonly variable: string; readonly of: string },
  { environment, input, output }: TokenSource,
): Promise<string> {
  const given = environment[variable]?.trim() ?? '';
  if (given !== '') return given;
  if (input.isTTY !== true) {
    throw new CommandLineError(
      `The token of ${of} is missing: put it into the variable ${variable}, or start this on a terminal, which asks for it.`,
    );
  }
  output.write(`Token of ${of} (it is not shown): `);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input, output: silent, terminal: true });
  try {
    const typed = (await terminal.question('')).trim();
    output.write('\n');
    if (typed === '') throw new CommandLineError(`The token of ${of} is missing.`);
    return typed;
  } finally {
    terminal.close();
  }
}
