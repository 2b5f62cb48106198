import type { DiagnosisCode } from '../contracts/connections';

/** What each finding of a connection test means and what to do, in words for a workspace administrator. */
export const diagnosisTexts: Readonly<
  Record<DiagnosisCode, readonly [message: string, nextStep: string]>
> = {
  addressRefused: ['The address cannot be used.', 'Correct the address.'],
  portBlocked: [
    'The port of the address cannot be reached.',
    'Publish the server on another port.',
  ],
  nameResolution: [
    'The name of the server could not be resolved.',
    'Check the spelling. A server that only your network knows needs a public name.',
  ],
  tls: [
    'No secure connection could be made: the certificate of the server is not accepted.',
    'Give the server a certificate of a public authority, with its whole chain and for this very name.',
  ],
  connectionRefused: [
    'Nothing listens at this address and port.',
    'Check the port, that the server runs, and that a firewall lets Forge through.',
  ],
  connectionBroken: [
    'The connection broke off before an answer came.',
    'Test again; if it stays, look for a firewall or proxy that closes it.',
  ],
  timeout: [
    'The server did not answer in time.',
    'Check that it can be reached from the internet. A firewall that drops connections looks like this.',
  ],
  egressNotAllowed: [
    'The app is not allowed to call this host yet.',
    'Allow the host when Bitbucket asks for it, or ask an owner of the workspace to do it.',
  ],
  redirect: [
    'The server sends the app on to another address. The token is never sent there.',
    'Enter the address that you end up at, with https:// and the whole path.',
  ],
  wrongBasePath: [
    'There is a server, but no SonarQube at this path.',
    'Add or correct the path behind the host, such as /sonar.',
  ],
  htmlLoginPage: [
    'A web page came in place of data, as a wrong path, a login page or a proxy in front of the server sends it.',
    'Check the path behind the host, such as /sonar, and let the path /api through the proxy without its own login.',
  ],
  notSonarQube: [
    'Something answers here, and it is not SonarQube.',
    'Check the address: it is the one that you open SonarQube with.',
  ],
  versionTooOld: [
    'This version of SonarQube is older than 9.9, the oldest that works.',
    'Update the server to 9.9 or newer.',
  ],
  serverStarting: [
    'The server is starting or being updated.',
    'Wait until SonarQube is up, and test again.',
  ],
  unauthorized: [
    'The server does not accept the token.',
    'Check that it was copied whole, has not expired or been revoked, and belongs to this server.',
  ],
  forbiddenScope: [
    'The token is good, but may not see the projects.',
    'Use a user token of an account with the permission Browse on the projects; an analysis token is not enough.',
  ],
  forbiddenAddress: [
    'The server refuses calls from the addresses of Forge.',
    'Add the outbound addresses of Atlassian to the allow list of the server or organization.',
  ],
  organizationUnknown: [
    'There is no such organization, or the token may not see it.',
    'Check the key: it is in the address of the organization on SonarQube Cloud.',
  ],
  noPullRequestAnalysis: [
    'This edition does not analyse pull requests, so no verdict can be shown.',
    'Use SonarQube Server Developer Edition or higher, or SonarQube Cloud.',
  ],
  webhookNotAllowed: [
    'The token may not manage webhooks, so changes are noticed only by asking, minutes later.',
    'Use a token of an administrator to be told at once.',
  ],
  baseUrlDiffers: [
    'The server calls itself by another address, so links that it makes lead elsewhere.',
    'Set "Server base URL" in its general settings to the address that people use, or enter that one here as public address.',
  ],
  baseUrlLocal: [
    'The server calls itself by an address that only it can reach, such as localhost.',
    'Set "Server base URL" in its general settings to the address that people use.',
  ],
  tokenExpiring: [
    'The token ends soon.',
    'Make a new token on the server and enter it here before that day.',
  ],
  tokenExpired: ['The token has ended.', 'Make a new token on the server and enter it here.'],
  rateLimited: ['The server asks to be called less often.', 'Wait some minutes, and test again.'],
  serverError: [
    'The server answered with a fault of its own.',
    'Look into its logs, or wait and test again.',
  ],
  answerUnusable: [
    'The answer of the server cannot be used: it broke off, is too large, or has another form than documented.',
    'Test again; if it stays, check proxies between Bitbucket and the server.',
  ],
};
