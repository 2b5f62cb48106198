import { toDashboardUrl, toProjectUrl } from '../../../src/domain/connection';

describe('links to a server', () => {
  it.each([
    [{ url: 'https://s.example.com' }, 'https://s.example.com'],
    [{ url: 'https://s.example.com/sonar' }, 'https://s.example.com/sonar'],
    [
      { url: 'https://s.example.com/sonar', publicUrl: 'https://sonar.corp:9000/qa' },
      'https://sonar.corp:9000/qa',
    ],
  ])('[A7] of %j begin with %s', (addresses, begin) => {
    const connection = { kind: 'sonarqube-server', ...addresses } as const;
    expect(toProjectUrl(connection, 'a:b')).toBe(`${begin}/dashboard?id=a%3Ab`);
    expect(toDashboardUrl(connection, 'a:b', 7)).toBe(`${begin}/dashboard?id=a%3Ab&pullRequest=7`);
  });

  it('[I4] are none for the demo, which leads nowhere', () => {
    const demo = { kind: 'demo', url: 'https://demo.invalid' } as const;

    expect([toProjectUrl(demo, 'a'), toDashboardUrl(demo, 'a', 7)]).toEqual([undefined, undefined]);
  });
});
