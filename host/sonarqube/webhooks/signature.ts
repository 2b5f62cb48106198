import { createHmac } from 'node:crypto';

/** What `X-Sonar-Webhook-HMAC-SHA256` holds: HMAC-SHA256 over the raw body, in lower-case hex. */
export function sign(secret: string, body: string): string {
  return createHmac('sha256', secret).update(body).digest('hex');
}
