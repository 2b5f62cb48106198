// Prints the plain closing line of CI from what the test runs left in .build/results: "N passed, N failed".
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resultsFolder } from './set-up.mjs';

const failedSteps = Number(process.argv[2] ?? 0);
let passed = 0;
let failed = 0;
for (const name of ['test-walks.json', 'test-others.json', 'contract.json', 'sonarqube.json']) {
  const file = join(resultsFolder, name);
  if (!existsSync(file)) continue;
  const results = JSON.parse(readFileSync(file, 'utf8'));
  passed += results.numPassedTests;
  failed += results.numFailedTests + results.numRuntimeErrorTestSuites;
}
// A step can fail without a failed test (lint, a crash of the runner): it must show here as well.
console.log(`${passed} passed, ${Math.max(failed, failedSteps)} failed`);
