import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const script = join(process.cwd(), 'tools/test-contract.mjs');

function run(...args: readonly string[]) {
  const { status, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  return { status, stderr };
}

it('asks for the folder of the published documents', () => {
  expect(run()).toEqual({
    status: 2,
    stderr: 'Name the folder with the published documents: npm run test:contract -- FOLDER\n',
  });
});

it('says which document a folder lacks, and judges nothing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-documents-'));
  writeFileSync(join(folder, 'bitbucket-openapi.json'), '{}');

  const { status, stderr } = run(folder);

  expect(status).toBe(2);
  expect(stderr).toMatch(`There is no "sonarqube-samples" in ${folder}.`);
  rmSync(folder, { recursive: true, force: true });
});
