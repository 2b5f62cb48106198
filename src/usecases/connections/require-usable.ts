import type { ConnectionTest, DiagnosisCode } from '../../contracts/connections';
import { AppError } from '../../errors/app-error';

/** What may work later as it is. */
const passing: ReadonlySet<DiagnosisCode> = new Set([
  'nameResolution',
  'connectionRefused',
  'connectionBroken',
  'timeout',
  'serverStarting',
  'rateLimited',
  'serverError',
]);

/** @throws {AppError} INVALID_INPUT for what a person has to correct, UNAVAILABLE for what may pass; with the next step. */
export function requireUsable({ checks }: ConnectionTest): void {
  const diagnosis = checks.find(({ outcome }) => outcome === 'failed')?.diagnosis;
  if (!diagnosis) return;
  const { code, message, nextStep } = diagnosis;
  throw new AppError(
    passing.has(code) ? 'UNAVAILABLE' : 'INVALID_INPUT',
    `Nothing was saved. ${message} ${nextStep}`,
  );
}
