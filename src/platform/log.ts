import type { Log, LogFields } from '../domain/ports/log';
import { AppError } from '../errors/app-error';
import { PlatformUnavailableError } from '../errors/platform-errors';
import { RemoteError } from '../errors/remote-errors';
import { StoredRecordError } from '../errors/stored-record-error';
import { redactField, redactText } from './redact';

type Write = (line: string) => void;

const deepestCause = 3;

/** One JSON line for each event on the platform's log, redacted. */
export function createLog(
  console_: { readonly info: Write; readonly warn: Write; readonly error: Write } = console,
): Log {
  return {
    info: (event, fields) => console_.info(toLine(event, fields)),
    warn: (event, fields) => console_.warn(toLine(event, fields)),
    error: (event, error, fields) =>
      console_.error(toLine(event, { ...fields, ...describe(error) })),
  };
}

function toLine(event: string, fields: LogFields = {}): string {
  const safe = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, redactField(name, value)] as const],
  );
  return JSON.stringify({ event, ...Object.fromEntries(safe) });
}

/** Failures that have a name of their own; whatever else is thrown is our mistake. */
function isForeseen(error: Error): boolean {
  return (
    error instanceof RemoteError ||
    error instanceof AppError ||
    error instanceof PlatformUnavailableError ||
    error instanceof StoredRecordError
  );
}

/** Names and messages of an error and what caused it; a stack only where it is our mistake. */
function describe(error: unknown): LogFields {
  const texts: string[] = [];
  let current = error;
  while (current instanceof Error && texts.length < deepestCause) {
    texts.push(`${current.name}: ${current.message}`);
    current = current.cause;
  }
  if (texts.length === 0) texts.push(String(error));
  const stack = error instanceof Error && !isForeseen(error) ? error.stack : undefined;
  return { error: redactText(texts.join(' ← ')), ...(stack !== undefined && { stack }) };
}
