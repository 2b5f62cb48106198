import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startHost } from './host';
import { BitbucketUnavailableError } from './bitbucket/remote/remote-api';
import { CommandLineError, helpText, parseCommandLine } from './launch/command-line';
import { ServerRefusedError } from './launch/connect-real-server';
import { findPortHolder } from './launch/port-holder';
import { askNeighbours } from './launch/real-neighbours';
import { StateInUseError } from './launch/state-lock';
import { PortTakenError } from './shell/server/loopback';

/** `npm start`: runs the host in this process until it is told to stop. */
async function main(): Promise<void> {
  const projectRoot = findProjectRoot();
  // npm changes into the project's folder; paths that a person writes are meant from where they were.
  const folder = process.env['INIT_CWD'] ?? process.cwd();
  const command = parseCommandLine(process.argv.slice(2), folder);
  if (command.help) {
    console.log(helpText);
    return;
  }
  const { folder: stateFolder, ...neighbours } = await askNeighbours(command, {
    environment: process.env,
    input: process.stdin,
    output: process.stderr,
  });
  const host = await startHost({
    projectRoot,
    repositories: neighbours.realBitbucket ? [] : [projectRoot, ...command.repositories],
    stateDirectory: command.stateDirectory ?? join(projectRoot, '.gatehouse', stateFolder),
    ...neighbours,
    isFresh: command.fresh,
    port: command.port,
    clock: 'real',
    watch: command.watch,
    hasMergeChecks: true,
    hasMainBranchAnalysis: true,
    log: (line) => console.error(line),
  });
  console.log(host.url);

  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      // A second signal means "now": what is stored is safe at every moment.
      if (stopping) process.exit(1);
      stopping = true;
      console.error('Stopping …');
      host.stop().then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      );
    });
  }
}

function findProjectRoot(): string {
  let folder = dirname(process.argv[1] ?? process.cwd());
  while (!existsSync(join(folder, 'manifest.yml'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('manifest.yml was not found: run this in the project.');
    folder = parent;
  }
  return folder;
}

/** One sentence for what a person can put right; the whole error for what is our mistake. */
function fail(error: unknown): never {
  if (error instanceof PortTakenError) console.error(portSentence(error.port));
  else if (
    error instanceof BitbucketUnavailableError ||
    error instanceof CommandLineError ||
    error instanceof ServerRefusedError ||
    error instanceof StateInUseError
  ) {
    console.error(error.message);
  } else console.error(error);
  process.exit(1);
}

function portSentence(port: number): string {
  const holder = findPortHolder(port);
  const who = holder
    ? `by process ${holder.processId} (${holder.command})`
    : `by another process (look for it with: ss -ltnp "sport = :${port}")`;
  return `Port ${port} is taken ${who}. Stop it, or choose another port: npm start -- --port N`;
}

main().catch(fail);
