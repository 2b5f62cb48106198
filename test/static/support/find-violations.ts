import axe from 'axe-core';

/** What axe finds in the document. jsdom lays nothing out, so contrast is measured in the browser only. */
export async function findViolations(): Promise<string[]> {
  const result = await axe.run(document, { rules: { 'color-contrast': { enabled: false } } });
  return result.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`,
  );
}
