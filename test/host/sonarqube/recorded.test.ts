import { compareShape, shapeOf, type ShapeRules } from '../../contract/shape';
import { exchanges } from '../../support/sonarqube-exchanges';
import {
  readRecorded,
  recordedVersion,
  type RecordedAnswer,
} from '../../support/sonarqube-recordings';
import { startRecordedStandIns } from './recorded-stand-in';

const serverVersion = String(readRecorded('server.version').body);

/** Differences that are right, each with its reason. */
const rules: ShapeRules = {
  extra: [
    { path: /(^|\.)pullRequest(Title)?$/, reason: 'the stand-in analyses pull requests' },
    { path: /^(email|avatar)$/, reason: 'the recorded administrator has no address' },
  ],
  missing: [
    { path: /^projectStatus\.period$/, reason: 'a pull request has no period' },
    { path: /^component\.(leakPeriodDate|version)$/, reason: 'a pull request has none' },
    {
      path: /^branches\[\]\.(analysisDate|status\.qualityGateStatus)$/,
      reason: 'the stand-in never analyses the main branch',
    },
  ],
};

const mediaType = ({ contentType }: RecordedAnswer) => contentType.split(';')[0];

function errorsOf({ body }: RecordedAnswer): unknown {
  return typeof body === 'object' && body !== null && 'errors' in body ? body.errors : undefined;
}

describe(`the stand-in beside a real server ${recordedVersion()}`, () => {
  let ask: Awaited<ReturnType<typeof startRecordedStandIns>>;

  beforeAll(async () => {
    ask = await startRecordedStandIns(serverVersion);
  });

  it.each(exchanges)(
    '[D1] answers $name with the same status, words and members',
    async (exchange) => {
      const recorded = readRecorded(exchange.name);

      const answer = await ask(exchange);

      expect([answer.status, mediaType(answer)]).toEqual([recorded.status, mediaType(recorded)]);
      expect(errorsOf(answer)).toEqual(errorsOf(recorded));
      expect(compareShape(shapeOf([recorded.body]), answer.body, rules)).toEqual([]);
    },
  );
});
