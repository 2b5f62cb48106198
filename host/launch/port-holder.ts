import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface PortHolder {
  readonly processId: number;
  /** The command line, as far as it may be read. */
  readonly command: string;
}

const listening = '0A';

/** The process that listens on a TCP port of this machine (Linux); `undefined` where it cannot be found out. */
export function findPortHolder(port: number): PortHolder | undefined {
  const inodes = [...readInodes('/proc/net/tcp', port), ...readInodes('/proc/net/tcp6', port)];
  if (inodes.length === 0) return undefined;
  const sockets = new Set(inodes.map((inode) => `socket:[${inode}]`));
  for (const name of list('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const descriptors = list(`/proc/${name}/fd`);
    if (descriptors.some((descriptor) => sockets.has(target(`/proc/${name}/fd/${descriptor}`)))) {
      return {
        processId: Number(name),
        command: read(`/proc/${name}/cmdline`).replaceAll('\0', ' ').trim(),
      };
    }
  }
  return undefined;
}

/** Fields of a line: number, local address, remote address, state, …, inode. */
function readInodes(file: string, port: number): string[] {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  return read(file)
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(`:${hexPort}`) === true && fields[3] === listening)
    .flatMap((fields) => fields[9] ?? []);
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function target(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return '';
  }
}
