import { shellWord } from './quoting';

/** What the analysis of a bound project is sent to. */
export interface SnippetTarget {
  readonly projectKey: string;
  readonly hostUrl: string;
  /** Only on SonarQube Cloud. */
  readonly organizationKey?: string | undefined;
  /** Folder of a monorepo; absent for the whole repository. */
  readonly pathScope?: string | undefined;
  readonly mainBranch: string;
}

/** How one language is analysed. */
export interface Recipe {
  readonly image: string;
  readonly script: readonly string[];
  /** What a person has to see to beforehand. */
  readonly hints?: readonly string[];
}

/** `-D` parameters for the shell. The pull request is not among them: scanners read it from the pipeline's variables. */
export function toParameters(target: SnippetTarget): string[] {
  const { projectKey, hostUrl, organizationKey } = target;
  return [
    ['sonar.projectKey', projectKey],
    ['sonar.host.url', hostUrl],
    ...(organizationKey === undefined ? [] : [['sonar.organization', organizationKey]]),
  ].map(([name, value]) => shellWord(`-D${name}=${value}`));
}

export function toBaseFolder({ pathScope }: SnippetTarget): string[] {
  return pathScope === undefined ? [] : [shellWord(`-Dsonar.projectBaseDir=${pathScope}`)];
}

/** Build tools work in the folder that they are started in. */
export function toEnterFolder({ pathScope }: SnippetTarget): string[] {
  return pathScope === undefined ? [] : [`cd -- ${shellWord(pathScope)}`];
}
