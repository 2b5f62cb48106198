import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

it('the bench is bundled and finds everything that it reads at its start', () => {
  const bench = join(process.cwd(), 'tools/bench.mjs');

  const { status, stdout } = spawnSync(process.execPath, [bench, '--list'], { encoding: 'utf8' });

  expect(stdout.split('\n')).toContain('counts');
  expect(status).toBe(0);
});
