import { toDashboardUrl, toProjectUrl } from '../../../src/domain/connection';

describe('links to a server', () => {
  it.each([
    [{ url: 'https://s.example.com' }, 'https://s.example.com'],
    [{ url: 'https://s.example.com/sonar' }, 'https://s.example.com/sonar'],
    [
      { url: 'https://s.example.com/sonar', publicUrl: 'https://sonar.corp:9000/qa' },
      'https://sonar.corp:9000/qa',
    ],
  ])('[A7] of %j begin with %s', (connection, begin) => {
    expect(toProjectUrl(connection, 'a:b')).toBe(`${begin}/dashboard?id=a%3Ab`);
    expect(toDashboardUrl(connection, 'a:b', 7)).toBe(`${begin}/dashboard?id=a%3Ab&pullRequest=7`);
  });
});
