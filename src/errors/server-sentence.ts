import type { RemoteRejectedError } from './remote-errors';

/** Words as long as tokens are, which no sentence for people needs. */
const opaqueWord = /[\w+/=.-]{24,}/g;

/**
 * What a service said of a request that it refused, for the person who asked: without anything that could be a credential,
 * as a service may repeat what it was sent. `undefined` when it said nothing.
 */
export function toServerSentence({ serverSentence }: RemoteRejectedError): string | undefined {
  return serverSentence?.replaceAll(opaqueWord, '…');
}
