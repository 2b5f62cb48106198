import * as z from 'zod/mini';
import { readBody } from './read-body';
import type { HttpResponse } from './response';

/** How SonarQube says what is wrong with a request (sonarqube.md 3). */
const Refusal = z.object({ errors: z.array(z.object({ msg: z.string() })) });
const longestAnswerBytes = 16 * 1024;
const longestSentence = 300;

/** The first sentence of a refusal, as plain text of bounded length; `undefined` when the answer has none. */
export async function readSentence(response: HttpResponse): Promise<string | undefined> {
  try {
    const refusal = Refusal.parse(JSON.parse(await readBody(response, longestAnswerBytes)));
    const sentence = refusal.errors[0]?.msg.replaceAll(/\s+/g, ' ').trim();
    return sentence === '' ? undefined : sentence?.slice(0, longestSentence);
  } catch {
    return undefined;
  }
}
