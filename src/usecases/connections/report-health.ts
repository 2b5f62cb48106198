import type { Finding } from '../../contracts/health';
import type { Connection } from '../../domain/connection';
import type { FindingStore } from '../../domain/ports/stores';
import { toTokenWarning } from '../../domain/token-warning';

type Text = Pick<Finding, 'severity' | 'message' | 'nextStep'>;

/** Keeps the findings about a connection as its last check left them. */
export async function reportHealth(
  findings: FindingStore,
  { connectionId, name, health, token }: Connection,
  nowMs: number,
): Promise<void> {
  const subject = { kind: 'connection', id: connectionId, name } as const;
  const { diagnosis } = health;
  const isBaseUrl = diagnosis?.code === 'baseUrlDiffers' || diagnosis?.code === 'baseUrlLocal';
  const warning = token && toTokenWarning(token, nowMs);
  const seen: readonly (readonly [Finding['code'], Text | undefined])[] = [
    [
      'connectionFailing',
      health.state === 'failing' && diagnosis
        ? { ...pickWords(diagnosis), severity: 'error' }
        : undefined,
    ],
    ['baseUrlDiffers', isBaseUrl ? { ...pickWords(diagnosis), severity: 'warning' } : undefined],
    [
      'tokenExpiring',
      warning && {
        severity: warning.level === 'expired' || warning.level === 'day' ? 'error' : 'warning',
        message: warning.message,
        nextStep: 'Rotate the token under Connections.',
      },
    ],
  ];
  for (const [code, text] of seen) {
    if (text) await findings.report({ code, subject, ...text });
    else await findings.clear(code, connectionId);
  }
}

function pickWords({ message, nextStep }: { readonly message: string; readonly nextStep: string }) {
  return { message, nextStep };
}
