import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, '../../../src');
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));

/** Calls to Bitbucket: whose rights they use, and everything up to the end of the call. */
function bitbucketCalls(text: string): string[] {
  return text.split(/(?=\bas(?:App|User)\(\))/).filter((part) => /^as(?:App|User)\(\)/.test(part));
}

describe('calls to Bitbucket', () => {
  it('[K4] write as the app and never as a person', () => {
    const asUser = sources.flatMap(({ name, text }) =>
      bitbucketCalls(text)
        .filter((part) => part.startsWith('asUser()'))
        .map((part) => ({ name, isWrite: /method:|body:/.test(part) })),
    );

    expect(asUser.length).toBeGreaterThan(0);
    expect(asUser.filter(({ isWrite }) => isWrite)).toEqual([]);
  });

  it('[K4] are made by the platform layer alone, and those that take a method act as the app', () => {
    const callers = sources.filter(({ text }) => text.includes('requestBitbucket'));
    const writers = callers.filter(({ text }) => /\bmethod\b/.test(text));

    expect(callers.map(({ name }) => name).every((name) => name.startsWith('platform/'))).toBe(
      true,
    );
    expect(writers.map(({ name }) => name)).toEqual(['platform/code-insights-transport.ts']);
    expect(writers.some(({ text }) => /\basUser\b/.test(text))).toBe(false);
  });
});
