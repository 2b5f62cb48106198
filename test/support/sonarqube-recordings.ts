import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** An answer as it is kept. */
export interface RecordedAnswer {
  readonly status: number;
  readonly contentType: string;
  /** JSON, a text, or null without a body. */
  readonly body: unknown;
}

const fixturesFolder = join(__dirname, '../fixtures');

export function fixtureFolder(version: string): string {
  const [major = '', minor = ''] = version.split('.');
  return join(fixturesFolder, `sonarqube-${major}.${minor}`);
}

/** The newest recorded version: `25.12`. @throws Error when nothing is recorded. */
export function recordedVersion(): string {
  const versions = readdirSync(fixturesFolder).flatMap(
    (name) => /^sonarqube-(\d+\.\d+)$/.exec(name)?.[1] ?? [],
  );
  const newest = versions.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
  if (newest === undefined) {
    throw new Error('Nothing is recorded: npm run test:sonarqube -- --record');
  }
  return newest;
}

export function readRecorded(name: string): RecordedAnswer {
  const text = readFileSync(join(fixtureFolder(recordedVersion()), `${name}.json`), 'utf8');
  return JSON.parse(text) as RecordedAnswer;
}

/** The body of an answer as it is recorded: parsed where it says that it is JSON, `null` where there is none. */
export function toRecordedBody(text: string, contentType: string): unknown {
  if (text === '') return null;
  return contentType.includes('json') ? (JSON.parse(text) as unknown) : text;
}
