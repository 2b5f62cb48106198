import type { OpenApi } from '@coderabbitai/bitbucket/cloud';

/** The schemas of Atlassian's published API document, as generated types. */
export type Schemas = OpenApi.components['schemas'];

/**
 * Members that are null in live answers although the published document does not say so: a deleted fork, a deleted
 * branch, a pull request that is not merged, an empty repository, an added or removed file.
 */
type LiveNull =
  'merge_commit' | 'closed_by' | 'commit' | 'repository' | 'parent' | 'mainbranch' | 'old' | 'new';

/**
 * A published schema as live answers fill it: `type` is an open word (a user has `type: user` where the document says
 * `account`), and the members above may be null. The schemas' index signatures are dropped, so that a misspelled
 * member does not compile.
 */
export type Live<T> = T extends readonly (infer Item)[]
  ? readonly Live<Item>[]
  : T extends object
    ? {
        readonly [K in keyof T as string extends K ? never : K]: K extends 'type'
          ? string
          : K extends LiveNull
            ? Live<T[K]> | null
            : Live<T[K]>;
      }
    : T;

// The generator loses the members of a base schema whose object is open; these put them back together.
export type Account = Live<Schemas['account']> &
  Pick<Live<Schemas['user']>, 'account_id' | 'nickname'>;
export type Commit = Live<Schemas['base_commit']> & Live<Schemas['commit']>;
/** `slug` and `workspace` are in every live answer and missing from the document. */
export type Repository = Live<Schemas['repository']> & {
  readonly slug?: string;
  readonly workspace?: Live<Schemas['workspace']>;
};
export type PullRequest = Live<Schemas['pullrequest']>;
/** The document's summary and size, but not its paths: a file, or a folder that links to its listing. */
export type TreeEntry = Live<Schemas['treeentry']> & {
  readonly size?: number;
  readonly mimetype?: string | null;
  readonly attributes?: readonly string[];
  readonly escaped_path?: string;
  readonly links?: { readonly self: { readonly href: string } };
};

type Method = 'get' | 'put' | 'post' | 'delete';
type PathItem<P extends keyof OpenApi.paths> = OpenApi.paths[P];
/** Methods that the document has for a path. */
export type PublishedMethod<P extends keyof OpenApi.paths> = {
  [M in Method]: undefined extends PathItem<P>[M] ? never : Uppercase<M>;
}[Method];
export type PublishedPath = keyof OpenApi.paths;
type PublishedOperation = {
  [P in PublishedPath]: `${PublishedMethod<P>} ${P}`;
}[PublishedPath];

/** Answers of operations that Atlassian published after the generated types were made, in the document's own schemas. */
interface LaterAnswers {
  'GET /user/workspaces': Page<{
    readonly type: string;
    readonly administrator: boolean;
    readonly workspace: Live<Schemas['workspace']>;
  }>;
  'GET /user/workspaces/{workspace}/permission': Live<Schemas['workspace_membership']> & {
    readonly permission: 'owner' | 'create-project' | 'collaborator' | 'member';
  };
  'GET /user/workspaces/{workspace}/permissions/repositories': Live<
    Schemas['paginated_repository_permissions']
  >;
  'GET /repositories/{workspace}/{repo_slug}/pullrequests/{pull_request_id}/conflicts': never;
  'GET /repositories/{workspace}/{repo_slug}/pullrequests/{pull_request_id}/mergeability/checks': never;
  'GET /repositories/{workspace}/{repo_slug}/file-conflicts/{spec}': never;
}
export type LaterOperation = keyof LaterAnswers;
/** `GET /repositories/{workspace}` and so on: method and path template of the published document. */
export type Operation = PublishedOperation | LaterOperation;

/** Answers whose body the document leaves out; the prose beside it names them. */
interface AnswersInProse {
  'GET /repositories/{workspace}/{repo_slug}/pullrequests/{pull_request_id}/commits': Live<
    Schemas['paginated_changeset']
  >;
}

/** The page wrapper around `values`. */
export interface Page<Item> {
  readonly size?: number;
  readonly page?: number;
  readonly pagelen?: number;
  readonly next?: string;
  readonly previous?: string;
  readonly values: readonly Item[];
}

type Json<T> = T extends { content: { readonly 'application/json': infer Body } } ? Body : never;
type Success<T> = T extends { readonly responses: infer R }
  ? | (R extends { readonly 200: infer Ok } ? Json<Ok> : never)
    | (R extends { readonly 201: infer Created } ? Json<Created> : never)
  : never;
type PublishedAnswer<O> = O extends `${infer M extends Uppercase<Method>} ${infer P}`
  ? P extends PublishedPath
    ? Lowercase<M> extends keyof PathItem<P>
      ? Live<Success<PathItem<P>[Lowercase<M>]>>
      : never
    : never
  : never;

/** The body that an operation answers with 200 or 201, by the published types; `never` where it answers no JSON. */
export type AnswerOf<O extends Operation> = O extends LaterOperation
  ? LaterAnswers[O]
  : O extends keyof AnswersInProse
    ? AnswersInProse[O]
    : PublishedAnswer<O>;

/** Names of the placeholders in a path template. */
export type ParameterOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParameterOf<Rest>
  : never;

/** Error body in Bitbucket's standard form. */
export type ErrorBody = Live<Schemas['error']>;
