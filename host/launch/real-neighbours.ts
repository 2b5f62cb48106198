import type { HostOptions } from '../host';
import { askToken, type TokenSource } from './ask-token';
import type { HostCommand } from './command-line';

export interface RealNeighbours extends Pick<HostOptions, 'realServer' | 'realBitbucket'> {
  /** Where their state is kept, below the folder of the host's own: what is bound there is bound nowhere else. */
  readonly folder: string;
}

const bitbucketOrigin = 'https://api.bitbucket.org';

/** The real services that were asked for, each with its token. @throws CommandLineError without a token. */
export async function askNeighbours(
  { sonarqube, bitbucket, write }: HostCommand,
  source: TokenSource,
): Promise<RealNeighbours> {
  const realServer = sonarqube !== undefined && {
    url: sonarqube,
    token: await askToken({ variable: 'GATEHOUSE_SONARQUBE_TOKEN', of: sonarqube }, source),
  };
  const realBitbucket = bitbucket !== undefined && {
    origin: bitbucketOrigin,
    workspace: bitbucket,
    mayWrite: write,
    token: await askToken(
      { variable: 'GATEHOUSE_BITBUCKET_TOKEN', of: `the workspace ${bitbucket}` },
      source,
    ),
  };
  const names = [
    realBitbucket && `bitbucket-${realBitbucket.workspace}`,
    realServer && `sonarqube-${URL.parse(realServer.url)?.host ?? ''}`,
  ];
  return {
    ...(realServer && { realServer }),
    ...(realBitbucket && { realBitbucket }),
    folder: names
      .filter((name) => name !== false)
      .join('+')
      .replace(/[^\w.+-]/gu, '-'),
  };
}
