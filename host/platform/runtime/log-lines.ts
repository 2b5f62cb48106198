import { inspect } from 'node:util';
import { invocationScope } from './invocation-scope';

/** One log line in the form of the runner protocol; levels are 20 debug, 30 info, 40 warn, 50 error, 60 fatal. */
export interface RunnerLogLine {
  readonly invocationId: string;
  readonly logLevel: number;
  readonly logArguments: readonly string[];
}

const levels = { trace: 20, debug: 20, log: 30, info: 30, warn: 40, error: 50 } as const;

/** Makes `console.*` write log lines of the invocation that calls it. */
export function installConsole(writeLog: (line: RunnerLogLine) => void): void {
  for (const [method, logLevel] of Object.entries(levels)) {
    Object.assign(console, {
      [method]: (...parts: unknown[]) => {
        const scope = invocationScope.getStore();
        writeLog({
          invocationId: scope?.event._meta.appContext.invocationId ?? '',
          logLevel,
          logArguments: parts.map((part) =>
            typeof part === 'string' ? part : inspect(part, { depth: 4, breakLength: Infinity }),
          ),
        });
      },
    });
  }
}
