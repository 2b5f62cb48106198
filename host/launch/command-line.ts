import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export const defaultPort = 4870;

export interface HostCommand {
  readonly repositories: readonly string[];
  readonly port: number;
  /** Absent for the project's own folder. */
  readonly stateDirectory?: string;
  readonly fresh: boolean;
  readonly watch: boolean;
  /** Slug of a real workspace in place of the stand-in, and whether the app may write there. */
  readonly bitbucket?: string;
  readonly write: boolean;
  /** Address of a real server in place of the stand-in. */
  readonly sonarqube?: string;
  readonly help: boolean;
}

/** The command line cannot be understood; the message is a sentence for the person who wrote it. */
export class CommandLineError extends Error {
  override readonly name = 'CommandLineError';
}

export const helpText = `npm start [-- OPTIONS]

Runs Gatehouse on this machine: a workspace as Bitbucket shows it, with the app installed. Its first repository is
this project itself.

  --repository PATH   add a git repository (may be given several times)
  --sonarqube URL     a real SonarQube in place of the local analysis; its token is taken from
                      GATEHOUSE_SONARQUBE_TOKEN or asked for on the terminal
  --bitbucket WORKSPACE
                      a real workspace in place of the local one; its token (or e-mail:token) is taken from
                      GATEHOUSE_BITBUCKET_TOKEN or asked for on the terminal. Nothing is written there
  --write             lets the app write reports and builds to that workspace
  --port N            port of the pages (default ${defaultPort}; 0 takes any free one)
  --no-watch          wait for "Push" instead of noticing by itself that a branch moved on disk
  --state PATH        keep state in another folder than .gatehouse
  --fresh             forget everything that earlier runs stored
  --help              show this`;

/** @throws CommandLineError for an unknown option or a value that does not fit. Paths are resolved from `folder`. */
export function parseCommandLine(args: readonly string[], folder: string): HostCommand {
  const values = parse(args);
  const port = values.port === undefined ? defaultPort : Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new CommandLineError(
      `--port needs a number from 0 to 65535, not "${values.port ?? ''}".`,
    );
  }
  if (values.write === true && values.bitbucket === undefined) {
    throw new CommandLineError('--write goes with --bitbucket WORKSPACE.');
  }
  if (values.bitbucket !== undefined && values.repository !== undefined) {
    throw new CommandLineError(
      '--bitbucket shows the repositories of that workspace: --repository does not go with it.',
    );
  }
  return {
    repositories: (values.repository ?? []).map((path) => resolve(folder, path)),
    port,
    ...(values.state === undefined ? {} : { stateDirectory: resolve(folder, values.state) }),
    fresh: values.fresh ?? false,
    watch: !(values['no-watch'] ?? false),
    ...(values.bitbucket === undefined ? {} : { bitbucket: values.bitbucket }),
    write: values.write ?? false,
    ...(values.sonarqube === undefined ? {} : { sonarqube: values.sonarqube }),
    help: values.help ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        repository: { type: 'string', multiple: true },
        bitbucket: { type: 'string' },
        write: { type: 'boolean' },
        sonarqube: { type: 'string' },
        port: { type: 'string' },
        state: { type: 'string' },
        fresh: { type: 'boolean' },
        watch: { type: 'boolean' },
        'no-watch': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
      allowPositionals: false,
    }).values;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new CommandLineError(`${reason}. Options are listed by: npm start -- --help`);
  }
}
