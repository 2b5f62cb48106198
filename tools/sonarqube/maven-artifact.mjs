// Fetches an artifact from Maven Central into the cache folder, once, and checks it against the published checksum.
import { createHash } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const repository = 'https://repo1.maven.org/maven2';

async function get(url) {
  let response;
  try {
    response = await fetch(url);
  } catch (error) {
    throw new Error(
      `Maven Central could not be reached (${url}: ${error.cause?.code ?? error.message}).`,
    );
  }
  if (!response.ok) throw new Error(`Maven Central answered ${response.status} for ${url}.`);
  return response;
}

async function sha256Of(file) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** All published versions of `group:artifact`, oldest first as Maven Central lists them. */
export async function publishedVersions(group, artifact) {
  const url = `${repository}/${group.replaceAll('.', '/')}/${artifact}/maven-metadata.xml`;
  const metadata = await (await get(url)).text();
  return [...metadata.matchAll(/<version>([^<]+)<\/version>/g)].map(([, version]) => version);
}

/** Path of the artifact's file in `folder`; a file that is there is trusted only while its checksum is right. */
export async function fetchArtifact({ group, artifact, version, extension }, folder, report) {
  const name = `${artifact}-${version}.${extension}`;
  const url = `${repository}/${group.replaceAll('.', '/')}/${artifact}/${version}/${name}`;
  const expected = (await (await get(`${url}.sha256`)).text()).trim().split(/\s/)[0];
  const file = join(folder, name);
  if (existsSync(file) && (await sha256Of(file)) === expected) return file;

  mkdirSync(folder, { recursive: true });
  const partial = `${file}.part`;
  const response = await get(url);
  report(
    `Fetching ${name} (${Math.round(Number(response.headers.get('content-length')) / 1e6)} MB) …`,
  );
  await pipeline(Readable.fromWeb(response.body), createWriteStream(partial));
  const actual = await sha256Of(partial);
  if (actual !== expected) {
    rmSync(partial);
    throw new Error(
      `${name} has the checksum ${actual}, and Maven Central publishes ${expected}. Run the command again.`,
    );
  }
  renameSync(partial, file);
  return file;
}
