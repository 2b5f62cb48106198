import {
  RemoteContractError,
  RemoteEgressBlockedError,
  type RemoteError,
  RemoteForbiddenError,
  RemoteNotFoundError,
  RemoteRateLimitedError,
  RemoteUnauthorizedError,
  RemoteUnavailableError,
  type ContractFault,
} from './remote-errors';

const contractSentences: Readonly<Record<ContractFault, string>> = {
  notJson: 'It answered with a page instead of data, as a proxy or a wrong address would.',
  empty: 'It answered without any content.',
  incomplete: 'Its answer broke off in the middle.',
  shape: 'Its answer does not have the documented form.',
  tooLarge: 'Its answer is larger than any that is expected.',
  redirect:
    'It redirects to another address. Ask a workspace administrator to enter that address in the connection.',
};

/**
 * One or two sentences for people about a failed call to the analysis server: what happened and who can do something.
 * Made from the kind of the failure alone, so that no text, address or credential of the server gets through.
 */
export function describeRemoteError(error: RemoteError): string {
  if (error instanceof RemoteUnauthorizedError) {
    return 'It refused the stored token. Ask a workspace administrator to enter a new one.';
  }
  if (error instanceof RemoteForbiddenError) {
    return 'The stored token lacks a permission for this project. Ask a workspace administrator to check it.';
  }
  if (error instanceof RemoteRateLimitedError) {
    return 'It asks to be called less often for a while.';
  }
  if (error instanceof RemoteEgressBlockedError) {
    return `The app is not allowed to call ${error.host}. Ask a workspace administrator to allow this address.`;
  }
  if (error instanceof RemoteContractError) return contractSentences[error.fault];
  if (error instanceof RemoteNotFoundError) return 'It does not know what was asked for.';
  if (error instanceof RemoteUnavailableError) {
    return error.status === undefined
      ? 'It did not answer in time.'
      : `It answered with status ${error.status}.`;
  }
  return error.status === undefined
    ? 'It refused the request.'
    : `It refused the request with status ${error.status}.`;
}

/** Whether only a person can repair it, so that asking again soon is of no use. */
export function needsPerson(error: RemoteError): boolean {
  return (
    error instanceof RemoteUnauthorizedError ||
    error instanceof RemoteForbiddenError ||
    error instanceof RemoteEgressBlockedError
  );
}
