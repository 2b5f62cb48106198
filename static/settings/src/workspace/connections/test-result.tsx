import type { ConnectionCheck, ConnectionTest } from '@contracts/connections';
import { Lozenge } from '../../../../shared/components/lozenge';

const steps: Readonly<Record<ConnectionCheck['step'], string>> = {
  address: 'The address can be used',
  egress: 'Bitbucket lets the app call it',
  reach: 'SonarQube answers',
  version: 'The version is supported',
  token: 'The token is accepted',
  permissions: 'The token may do what is needed',
  baseUrl: 'The server knows its own address',
  pullRequests: 'Pull requests are analysed',
};

const outcomes: Readonly<Record<ConnectionCheck['outcome'], Parameters<typeof Lozenge>[0]>> = {
  passed: { tone: 'success', word: 'Passed', icon: 'check' },
  warning: { tone: 'warning', word: 'Warning', icon: 'warning' },
  failed: { tone: 'danger', word: 'Failed', icon: 'cross' },
  skipped: { tone: 'neutral', word: 'Not tried', icon: 'dash' },
};

/** What a connection test found, step by step. */
export function TestResult({ test }: { readonly test: ConnectionTest }) {
  const { isUsable, checks, actsAs, version, edition } = test;
  const facts = [
    actsAs && `acts as ${actsAs}`,
    edition && `${edition} edition`,
    version && `version ${version}`,
  ].filter(Boolean);
  return (
    <div role="status" className="stack">
      <p className="strong">
        {isUsable ? 'The connection works' : 'The connection does not work yet'}
        {facts.length > 0 && `: ${facts.join(', ')}`}.
      </p>
      <ul className="plain stack">
        {checks.map(({ step, outcome, diagnosis }) => (
          <li key={step}>
            <p className="row start">
              <Lozenge {...outcomes[outcome]} />
              {steps[step]}
            </p>
            {diagnosis && (
              <p>
                {diagnosis.message} {diagnosis.nextStep}
              </p>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
