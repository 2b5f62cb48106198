import fc from 'fast-check';
import { sortIssues, toKind, toSeverity } from '../../../src/domain/issue-severity';
import { buildIssueList } from '../../support/app/build-app-data';

describe('an issue', () => {
  it.each([
    ['the worst impact', [{ severity: 'LOW' }, { severity: 'BLOCKER' }], 'MINOR', 'blocker'],
    ['the classic severity', [], 'CRITICAL', 'high'],
    ['the classic severity beside a new word', [{ severity: 'EXTREME' }], 'MINOR', 'low'],
    ['medium', [], undefined, 'medium'],
    ['medium for a word that is a member of every object', [], 'constructor', 'medium'],
  ] as const)('takes its severity from %s', (_, impacts, severity, expected) => {
    expect(toSeverity(impacts, severity)).toBe(expected);
  });

  it.each([
    ['BUG', [], 'bug'],
    ['VULNERABILITY', [], 'vulnerability'],
    [undefined, [{ softwareQuality: 'SECURITY' }], 'vulnerability'],
    [undefined, [{ softwareQuality: 'RELIABILITY' }], 'bug'],
    ['SOMETHING', [], 'codeSmell'],
  ] as const)('of type %s and impacts %j is a %s', (type, impacts, kind) => {
    expect(toKind(type, impacts)).toBe(kind);
  });

  it('has the same place in the list whatever order the server gave', () => {
    const issues = buildIssueList(20);

    fc.assert(
      fc.property(fc.shuffledSubarray(issues, { minLength: 20 }), (shuffled) => {
        expect(sortIssues(shuffled)).toEqual(sortIssues(issues));
      }),
    );
  });
});
