import type { OutputOf } from '../../contracts/procedures';
import type { SnippetLanguage } from '../../contracts/repository';
import { findBound, type ProjectAddress } from '../../domain/binding';
import { detectLanguage } from '../../domain/pipeline-snippet/detect-language';
import { makePipelineSnippet } from '../../domain/pipeline-snippet/pipeline-snippet';
import type { BitbucketAsApp } from '../../domain/ports/bitbucket';
import type { BindingStore, ConnectionStore } from '../../domain/ports/stores';
import { AppError } from '../../errors/app-error';
import type { Caller } from '../caller';

export interface MakeSnippetOptions {
  readonly bindings: BindingStore;
  readonly connections: ConnectionStore;
  readonly bitbucket: BitbucketAsApp;
}

interface SnippetInput extends ProjectAddress {
  readonly repositoryUuid: string;
  readonly language?: SnippetLanguage | undefined;
}

export type MakeSnippet = (
  input: SnippetInput,
  caller: Caller,
) => Promise<OutputOf<'repository.snippet'>>;

/** The pipeline of a bound project, in the repository's language. @throws {AppError} NOT_FOUND when it is not bound. */
export function createMakeSnippet(options: MakeSnippetOptions): MakeSnippet {
  const { bindings, connections, bitbucket } = options;
  return async ({ repositoryUuid, language: chosen, ...address }, { workspaceUuid }) => {
    const [binding, connection, repository] = await Promise.all([
      bindings.find(repositoryUuid),
      connections.find(address.connectionId),
      bitbucket.findRepository({ workspaceUuid, repositoryUuid }),
    ]);
    const project = findBound(binding, address);
    if (!project || !connection) {
      throw new AppError(
        'NOT_FOUND',
        'This project is not bound to the repository any more. Reload the page.',
      );
    }
    if (connection.kind === 'demo') {
      throw new AppError(
        'INVALID_INPUT',
        'The demo needs no analysis. Bind a project of a real server to see its pipeline.',
      );
    }
    const detected = chosen ?? detectLanguage(repository?.language);
    // Most languages are analysed as they lie there, which is what this one's pipeline does.
    const language = detected ?? 'javascript';
    const { yaml, steps } = makePipelineSnippet(language, {
      projectKey: project.projectKey,
      hostUrl: connection.url,
      organizationKey: connection.organizationKey,
      pathScope: project.pathScope,
      mainBranch: repository?.mainBranch ?? 'main',
    });
    const notDetected =
      'The language was not detected, so this runs the scanner without a build. Choose the language if it needs one.';
    return { language, yaml, steps: [...(detected ? [] : [notDetected]), ...steps] };
  };
}
