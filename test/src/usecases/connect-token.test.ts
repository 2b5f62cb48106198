import { setUpApp } from '../../support/app/set-up-app';

const input = {
  name: 'Cloud',
  kind: 'sonarqube-cloud',
  url: 'https://sonarcloud.io',
  organizationKey: 'acme',
} as const;

describe('the token of a new connection', () => {
  it.each([
    ['a line break', 'squ_first\nsecond'],
    ['a space', 'squ_first second'],
    ['a bullet, as a masked field shows', 'squ_••••'],
    ['nothing', ''],
  ])(
    'with %s in it is refused in words that do not repeat it, and never sent',
    async (_, token) => {
      const app = await setUpApp({ isBound: false });

      const refused = app.connect({ ...input, token });

      await expect(refused).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        message: expect.not.stringMatching(/first|second|•/) as string,
      });
      expect(app.server.calls).toEqual([]);
      expect(app.store.counts.writes).toBe(0);
    },
  );

  it('is stored without the white space around it that copying brings', async () => {
    const app = await setUpApp({ isBound: false });

    const { connectionId } = await app.connect({ ...input, token: ' squ_whole\n' });

    expect(await app.secrets.findToken(connectionId)).toMatchObject({ token: 'squ_whole' });
    expect(app.server.access?.token).toBe('squ_whole');
  });
});
