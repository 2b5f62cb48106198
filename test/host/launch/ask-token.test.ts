import { PassThrough } from 'node:stream';
import { askToken } from '../../../host/launch/ask-token';

const wanted = { variable: 'GATEHOUSE_SONARQUBE_TOKEN', of: 'https://sonar.acme.io' };

function terminal(isTTY: boolean) {
  const input = Object.assign(new PassThrough(), { isTTY });
  const output = new PassThrough();
  return { input, output };
}

describe('the token of a real service', () => {
  it('is taken from its variable, without blanks around it', async () => {
    const environment = { GATEHOUSE_SONARQUBE_TOKEN: ' squ_1\n' };

    expect(await askToken(wanted, { environment, ...terminal(false) })).toBe('squ_1');
  });

  it('is asked for on a terminal, which does not show it', async () => {
    const { input, output } = terminal(true);
    const asked = askToken(wanted, { environment: {}, input, output });

    input.write('squ_typed\n');

    expect(await asked).toBe('squ_typed');
    const shown = String(output.read());
    expect(shown).toContain('Token of https://sonar.acme.io');
    expect(shown).not.toContain('squ_typed');
  });

  it('is missing where there is neither, which is said with the name of the variable', async () => {
    await expect(askToken(wanted, { environment: {}, ...terminal(false) })).rejects.toThrow(
      /GATEHOUSE_SONARQUBE_TOKEN/,
    );
  });
});
