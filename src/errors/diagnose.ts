import type { Diagnosis, DiagnosisCode } from '../contracts/connections';
import { diagnosisTexts } from './diagnosis-texts';
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

/** A finding with its words; `message` where there is something more exact to say. */
export function toDiagnosis(code: DiagnosisCode, message?: string): Diagnosis {
  const [usual, nextStep] = diagnosisTexts[code];
  return { code, message: message ?? usual, nextStep };
}

/**
 * What a failed call says about a connection. `first`: nothing of the server was seen before, so that what it refuses
 * concerns the address and not the token. Made from the kind of the failure alone.
 */
export function diagnose(error: RemoteError, place: 'first' | 'token' | 'rights'): Diagnosis {
  return toDiagnosis(toCode(error, place));
}

const faultCodes: Readonly<Record<ContractFault, DiagnosisCode>> = {
  notJson: 'htmlLoginPage',
  empty: 'notSonarQube',
  shape: 'notSonarQube',
  incomplete: 'answerUnusable',
  tooLarge: 'answerUnusable',
  redirect: 'redirect',
};

function toCode(error: RemoteError, place: 'first' | 'token' | 'rights'): DiagnosisCode {
  if (error instanceof RemoteEgressBlockedError) return 'egressNotAllowed';
  if (error instanceof RemoteUnauthorizedError) {
    // A proxy in front of the server has a login of its own; the server itself refuses in JSON.
    return error.isPage ? 'htmlLoginPage' : 'unauthorized';
  }
  if (error instanceof RemoteForbiddenError) {
    return place === 'rights' ? 'forbiddenScope' : 'forbiddenAddress';
  }
  if (error instanceof RemoteNotFoundError) {
    return place === 'rights' ? 'organizationUnknown' : 'wrongBasePath';
  }
  if (error instanceof RemoteRateLimitedError) return 'rateLimited';
  if (error instanceof RemoteContractError) {
    const code = faultCodes[error.fault];
    // Past the first question it is known that SonarQube is there.
    return code === 'notSonarQube' && place !== 'first' ? 'answerUnusable' : code;
  }
  if (error instanceof RemoteUnavailableError) {
    if (error.noAnswer === undefined) return 'serverError';
    return error.noAnswer === 'network' ? 'connectionBroken' : error.noAnswer;
  }
  return place === 'first' ? 'notSonarQube' : 'answerUnusable';
}
