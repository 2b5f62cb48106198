import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

interface AxeWindow {
  readonly axe: { run(root: Document, options: object): Promise<AxeResults> };
}

/** What axe finds in the app's frames of a page, in the browser, where contrast and size can be measured. */
export async function findInFrames(page: Page): Promise<string[]> {
  const findings: string[] = [];
  for (const frame of page.frames()) {
    if (frame === page.mainFrame()) continue;
    await frame.evaluate(axe);
    const { violations } = await frame.evaluate(() =>
      (window as unknown as AxeWindow).axe.run(document, { iframes: false }),
    );
    findings.push(...violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html ?? ''}`));
  }
  return findings;
}
