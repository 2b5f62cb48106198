import { readGit } from './run-git';

const bytesPerKibibyte = 1024;

/** Bytes that git keeps for the repository, packed and loose, as Bitbucket counts its size. */
export async function measureSize(folder: string): Promise<number> {
  const text = await readGit(folder, ['count-objects', '-v']);
  const read = (name: string) => Number(new RegExp(`^${name}: (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  return (read('size') + read('size-pack')) * bytesPerKibibyte;
}
