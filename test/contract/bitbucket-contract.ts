import { createOpenApiContract, type LiveMember } from './openapi';
import { readBitbucketDocument } from './shared-folder';

/** Statuses that the document leaves out of single operations and describes once for all. */
const commonStatuses = {
  400: 'a page length, filter or sort order that is not valid; the standard form of errors',
  401: 'no or no valid credential',
  403: 'the credential lacks a scope, or its owner the right',
  404: 'missing, or hidden from the caller',
} as const;

/** Members that live answers carry and the document's schemas leave out. */
const liveMembers: readonly LiveMember[] = [
  {
    operation: /pullrequests/,
    path: /(^|\.)links\.(statuses|request-changes)$/,
    reason: 'named as live members beside the document',
  },
  {
    path: /(^|\.)(commit|merge_commit)\.(type|links)$/,
    reason: 'an embedded commit carries both in the samples of the document',
  },
  {
    operation: /\/(commit|commits|merge-base|refs)\b/,
    path: /^(values\[\]\.)?(target\.)?(parents\[\]\.)?links$/,
    reason: 'a commit carries its links in the samples of the document',
  },
  {
    path: /(^|\.)repository\.slug$/,
    reason: 'the path of a repository; in live answers, full and condensed',
  },
  {
    operation: /^GET \/repositories\/\{workspace\}(\/\{repo_slug\})?$/,
    path: /^(values\[\]\.)?(slug|workspace)$/,
    reason: 'in live answers of the repository itself',
  },
  {
    operation: /^GET \/user$/,
    path: /^nickname$/,
    reason: 'the prose names it for every caller, the schema only for people',
  },
  {
    operation: /\/src\//,
    path: /^(values\[\]\.)?(attributes|escaped_path|links|mimetype|size|path|type|commit)$/,
    reason: 'the prose describes files, folders and format=meta; the schema is that of any entry',
  },
];

const liveRedirectParameters = {
  from_pullrequest_id: 'live redirects of a pull request name it',
} as const;

/** The published Bitbucket document as a judge. */
export function bitbucketContract() {
  return createOpenApiContract(readBitbucketDocument(), {
    commonStatuses,
    liveMembers,
    liveRedirectParameters,
  });
}
