import type { Binding } from './state/bindings';
import type { Platform } from './state/platforms';

/** Host and path of a repository's address, in lower case: `https://…`, `ssh://…` or `git@host:path`. */
function toHostAndPath(address: string): readonly [host: string, path: string] | undefined {
  const [, sshHost, sshPath] = /^(?:ssh:\/\/)?git@([^:/]+)[:/](.+)$/u.exec(address) ?? [];
  if (sshHost !== undefined && sshPath !== undefined) return clean(sshHost, sshPath);
  if (!URL.canParse(address)) return undefined;
  const { host, pathname } = new URL(address);
  return clean(host, pathname);
}

function clean(host: string, path: string): readonly [string, string] {
  const bare = path
    .toLowerCase()
    .replace(/^\/+|\/+$|\.git$/gu, '')
    .replace(/\.git$/u, '');
  return [host.toLowerCase(), bare];
}

/** `workspace/slug` of an address on Bitbucket Cloud, in lower case. */
export function toCloudRepository(address: string): string | undefined {
  const [host, path] = toHostAndPath(address) ?? [];
  return host === 'bitbucket.org' ? path?.split('/').slice(0, 2).join('/') : undefined;
}

/** Whether a Server's binding means the repository at this address. */
export function isAt(address: string, binding: Binding, platform: Platform): boolean {
  const known = toHostAndPath(address);
  if (!known) return false;
  const [host, path] = known;
  if (platform.alm === 'bitbucketcloud') {
    const repository = `${platform.workspace ?? ''}/${binding.repository}`.toLowerCase();
    return toCloudRepository(address) === repository;
  }
  if (platform.alm !== 'bitbucket' || binding.slug === null || platform.url === null) return false;
  const base = toHostAndPath(platform.url);
  const project = binding.repository.toLowerCase();
  const slug = binding.slug.toLowerCase();
  const forms = [
    `projects/${project}/repos/${slug}`,
    `scm/${project}/${slug}`,
    `${project}/${slug}`,
  ];
  const prefix = base?.[1] ? `${base[1]}/` : '';
  return base?.[0] === host && forms.some((form) => path === form || path === prefix + form);
}
