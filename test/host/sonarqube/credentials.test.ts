import { createManualClock } from '../../../host/manual-clock';
import { buildIssue, error, gateOf42, outcome, setUp, setUpAnalysed, startMs } from './support';

describe('credentials', () => {
  async function ask(authorization: string | undefined, operation = gateOf42) {
    const standIn = await setUpAnalysed('server');
    const headers = authorization
      ? { authorization: authorization.replace('TOKEN', standIn.token) }
      : {};
    const request = new Request(`${standIn.sonarqube.baseUrl}/api/${operation}`, { headers });
    return outcome(standIn.sonarqube.fetch(request));
  }

  it('are a token as Bearer', async () => {
    expect(await ask('Bearer TOKEN')).toEqual([200, expect.any(String)]);
  });

  it('are a token as the user name of Basic', async () => {
    const { sonarqube, token } = await setUpAnalysed('server');
    const authorization = `Basic ${Buffer.from(`${token}:`).toString('base64')}`;
    const request = new Request(`${sonarqube.baseUrl}/api/${gateOf42}`, {
      headers: { authorization },
    });

    expect((await sonarqube.fetch(request)).status).toBe(200);
  });

  it('that belong to nobody get 401 without a body, whatever is asked', async () => {
    for (const operation of [gateOf42, 'system/status', 'nothing/here']) {
      expect(await ask('Bearer wrong', operation)).toEqual([401, '']);
    }
  });

  it('that are missing get 401 without a body from a Server, and in words from Cloud', async () => {
    expect(await ask(undefined)).toEqual([401, '']);
    const { sonarqube } = await setUpAnalysed('cloud');
    const request = new Request(`${sonarqube.baseUrl}/api/${gateOf42}`);
    expect(await outcome(sonarqube.fetch(request))).toEqual([
      401,
      error('Authentication is required'),
    ]);
  });

  it('can be asked whether they are valid, with 200 either way', async () => {
    expect(await ask('Bearer wrong', 'authentication/validate')).toEqual([200, '{"valid":false}']);
    expect(await ask('Bearer TOKEN', 'authentication/validate')).toEqual([200, '{"valid":true}']);
  });

  it('end with their revocation', async () => {
    const { sonarqube, token, get } = await setUp();
    sonarqube.revokeToken(token);

    expect((await get('users/current')).status).toBe(401);
  });

  it('say when they expire, and end then', async () => {
    const clock = createManualClock(startMs);
    const { sonarqube } = await setUp({ clock });
    const token = sonarqube.issueToken('short', { expiresAt: startMs + 60_000 });
    const ask = () =>
      sonarqube.fetch(
        new Request(`${sonarqube.baseUrl}/api/users/current`, {
          headers: { authorization: `Bearer ${token}` },
        }),
      );
    const before = await ask();
    await clock.advance(60_000);

    expect(before.headers.get('SonarQube-Authentication-Token-Expiration')).toBe(
      '2026-05-01T02:16:42+0000',
    );
    expect((await ask()).status).toBe(401);
  });

  it('of an analysis may read the gate, and no issue', async () => {
    const { sonarqube } = await setUpAnalysed('server');
    const token = sonarqube.issueToken('pipeline', { kind: 'analysis' });
    const ask = (operation: string) =>
      outcome(
        sonarqube.fetch(
          new Request(`${sonarqube.baseUrl}/api/${operation}`, {
            headers: { authorization: `Bearer ${token}` },
          }),
        ),
      );

    expect((await ask(gateOf42))[0]).toBe(200);
    expect(await ask('issues/search?components=shop')).toEqual([
      403,
      error('Insufficient privileges'),
    ]);
  });

  it('that may not see a project get 403 for it and no trace of it in lists', async () => {
    const { sonarqube } = await setUpAnalysed('server', { issues: [buildIssue()] });
    const token = sonarqube.issueToken('other', { projects: ['other'] });
    const ask = (operation: string) =>
      outcome(
        sonarqube.fetch(
          new Request(`${sonarqube.baseUrl}/api/${operation}`, {
            headers: { authorization: `Bearer ${token}` },
          }),
        ),
      );

    expect(await ask(gateOf42)).toEqual([403, error('Insufficient privileges')]);
    for (const list of [
      'components/search_projects',
      'issues/search?components=shop&pullRequest=42',
    ]) {
      expect((await ask(list))[1]).not.toContain('"shop"');
    }
  });
});
