import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Frame, Page } from 'playwright-core';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

interface AxeWindow {
  readonly axe: { run(root: Document, options: object): Promise<AxeResults> };
}

/** What axe finds in one frame, each as rule and element. The rest of its answer, megabytes, stays in the browser. */
export async function findInFrame(frame: Frame): Promise<string[]> {
  await frame.evaluate(axe);
  return frame.evaluate(async () => {
    const { violations } = await (window as unknown as AxeWindow).axe.run(document, {
      iframes: false,
      resultTypes: ['violations'],
    });
    return violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html ?? ''}`);
  });
}

/** What axe finds in the app's frames of a page, in the browser, where contrast and size can be measured. */
export async function findInFrames(page: Page): Promise<string[]> {
  const findings: string[] = [];
  for (const frame of page.frames()) {
    if (frame !== page.mainFrame()) findings.push(...(await findInFrame(frame)));
  }
  return findings;
}
