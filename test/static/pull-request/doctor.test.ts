import { screen, waitFor } from '@testing-library/dom';
import userEvent from '@testing-library/user-event';
import { DoctorStep, type DoctorCheck } from '../../../src/contracts/doctor';
import { viewFixtures } from '../../support/build-view';
import { bridge } from '../support/bridge-stand-in';
import { findViolations } from '../support/find-violations';
import { closePages, invoked, openPage, type Answers } from '../support/open-page';

const user = userEvent.setup();
const checks: DoctorCheck[] = DoctorStep.options.map((step, place) => {
  if (place < 8) return { step, outcome: 'ok', message: `${step} is good.` };
  if (place > 8) return { step, outcome: 'notReached', message: 'Not looked at.' };
  return { step, outcome: 'problem', message: 'No analysis.', nextStep: 'Run the scanner.' };
});
const found = () => ({ traces: [{ projectName: 'Acme Shop', checks }] });

const open = (doctor: NonNullable<Answers['doctor']>) =>
  openPage('panel', { view: viewFixtures.notAnalysed, doctor });
const ask = async () => user.click(await screen.findByRole('button', { name: 'Find out why' }));

beforeEach(() => bridge.reset());
afterEach(closePages);

describe('the doctor in the panel', () => {
  it('[O2] [L1] names the first broken link with what to do, and takes the focus there', async () => {
    await open(found);
    await ask();

    const heading = await screen.findByRole('heading', { name: 'How Acme Shop gets its verdict' });
    await waitFor(() => expect(document.activeElement).toBe(heading));
    expect(screen.getByText('No analysis.')).toBeDefined();
    expect(screen.getByText('Run the scanner.')).toBeDefined();
    expect(screen.getAllByText('Good')).toHaveLength(8);
    expect(screen.getAllByText('Broken')).toHaveLength(1);
    expect(screen.getAllByText('Not looked at')).toHaveLength(3);
    expect(await findViolations()).toEqual([]);
  });

  it('[O2] asks nothing before somebody wants to know', async () => {
    await open(found);
    await screen.findByRole('button', { name: 'Find out why' });

    expect(invoked()).toEqual(['pullRequest.view']);
  });

  it('[O2] says why it cannot look, and keeps what it found before', async () => {
    let asked = 0;
    await open(() =>
      (asked += 1) === 1
        ? found()
        : { code: 'RATE_LIMITED', message: 'This was looked at a moment ago.' },
    );
    await ask();
    await user.click(await screen.findByRole('button', { name: 'Look again' }));

    expect(await screen.findByText('This was looked at a moment ago.')).toBeDefined();
    expect(screen.getByText('No analysis.')).toBeDefined();
  });

  it.each(['passed', 'failed'] as const)('[O2] is not offered in state %s', async (state) => {
    await openPage('panel', { view: viewFixtures[state] });
    await screen.findByText('Conditions');

    expect(screen.queryByRole('button', { name: 'Find out why' })).toBeNull();
  });
});
