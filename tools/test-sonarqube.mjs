// `npm run test:sonarqube`: fetches a real SonarQube Community Build, runs the suite against it, and stops it.
// `npm run test:sonarqube -- --record` also renews test/fixtures/sonarqube-<version>. Other arguments go to Jest.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, giveUp, projectRoot, resultOption } from './set-up.mjs';

ensureInstalled();
ensureBuilt();
const { fetchArtifact, publishedVersions } = await import('./sonarqube/maven-artifact.mjs');
const { javaMajorVersion, newestFor } = await import('./sonarqube/java.mjs');
const { createToken, startServer, unpack } = await import('./sonarqube/server.mjs');

const mayRecord = process.argv.includes('--record');
const jestArguments = process.argv.slice(2).filter((argument) => argument !== '--record');
const cache = join(projectRoot, '.cache/sonarqube');
const serverArtifact = {
  group: 'org.sonarsource.sonarqube',
  artifact: 'sonar-application',
  extension: 'zip',
};
const scannerArtifact = {
  group: 'org.sonarsource.scanner.cli',
  artifact: 'sonar-scanner-cli',
  extension: 'jar',
};

/** Newest server that this Java runs, and the newest scanner: their versions and files. */
async function fetchAll(java) {
  const { group, artifact } = serverArtifact;
  const version = newestFor(java, await publishedVersions(group, artifact));
  if (version === undefined) {
    throw new Error(
      `No published SonarQube Community Build runs on Java ${java}: install Java 17 or newer.`,
    );
  }
  const scannerVersions = await publishedVersions(scannerArtifact.group, scannerArtifact.artifact);
  const scannerVersion = scannerVersions.at(-1);
  return {
    version,
    zipFile: await fetchArtifact({ ...serverArtifact, version }, cache, console.log),
    scannerVersion,
    scannerFile: await fetchArtifact(
      { ...scannerArtifact, version: scannerVersion },
      cache,
      console.log,
    ),
  };
}

/** Runs Jest over the suite; answers its exit code. */
async function runSuite(environment) {
  const jest = join(projectRoot, 'node_modules/jest/bin/jest.js');
  const options = [
    `--config=${join(projectRoot, 'jest.sonarqube.config.cjs')}`,
    '--runInBand',
    '--json',
    resultOption('sonarqube.json'),
  ];
  const suite = spawn(process.execPath, [jest, ...options, ...jestArguments], {
    cwd: projectRoot,
    // Jest's JSON goes to the file; what people read goes to the error stream.
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...environment },
  });
  return new Promise((resolve) => suite.once('exit', (code) => resolve(code ?? 1)));
}

async function main() {
  const java = javaMajorVersion();
  if (java === undefined) {
    throw new Error(
      'The suite needs Java 17 or newer on the PATH to run SonarQube: install it (on Debian: apt-get install default-jre-headless).',
    );
  }
  mkdirSync(cache, { recursive: true });
  const { version, zipFile, scannerVersion, scannerFile } = await fetchAll(java);

  console.log(`Starting SonarQube Community Build ${version} on Java ${java} …`);
  const startedAt = performance.now();
  const seconds = () => Math.round((performance.now() - startedAt) / 1000);
  const home = await unpack(zipFile, join(cache, 'running'));
  const sonarqube = await startServer(home, join(cache, 'server.log'));
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => void sonarqube.stop().finally(() => process.exit(1)));
  }
  console.log(`Up after ${seconds()} s at ${sonarqube.baseUrl}.`);
  try {
    process.exitCode = await runSuite({
      GATEHOUSE_SONARQUBE_URL: sonarqube.baseUrl,
      GATEHOUSE_SONARQUBE_TOKEN: await createToken(sonarqube.baseUrl),
      GATEHOUSE_SONARQUBE_VERSION: version,
      GATEHOUSE_SONARQUBE_WHILE_STARTING: JSON.stringify(sonarqube.whileStarting),
      GATEHOUSE_SONAR_SCANNER: scannerFile,
      GATEHOUSE_SCANNER_HOME: join(cache, 'scanner'),
      ...(mayRecord && { GATEHOUSE_SONARQUBE_RECORD: '1' }),
    });
  } finally {
    await sonarqube.stop();
    const peakMb = Math.round(sonarqube.peakBytes() / 1e6);
    console.log(
      `SonarQube ${version} with scanner ${scannerVersion} on Java ${java}: ${seconds()} s in all, peak memory ${peakMb} MB.`,
    );
  }
}

await main().catch((error) => giveUp(error.message));
