import { checkConnectionUrl } from '../../../src/domain/connection-url';

describe('the address of a connection', () => {
  it.each([
    ['sonarqube-server', 'https://sonar.example.com/', 'https://sonar.example.com'],
    ['sonarqube-server', ' https://example.com:8443/sonar/ ', 'https://example.com:8443/sonar'],
    ['sonarqube-cloud', 'https://sonarcloud.io', 'https://sonarcloud.io'],
    ['sonarqube-cloud', 'https://sonarqube.us/', 'https://sonarqube.us'],
  ] as const)('%s takes %s', (kind, text, url) => {
    expect(checkConnectionUrl(kind, text)).toEqual({ ok: true, url });
  });

  it.each([
    ['sonar.example.com', /not a web address/],
    ['http://sonar.example.com', /https/],
    ['https://user:hunter2@sonar.example.com', /user name or password/],
    ['https://sonar.example.com?token=x', /before any/],
    ['https://sonar.example.com:9000', /port 9000/],
    ['https://localhost', /internal/],
    ['https://sonar', /internal/],
    ['https://sonar.internal', /internal/],
    ['https://127.0.0.1', /internal/],
    ['https://2130706433', /internal/],
    ['https://10.1.2.3', /internal/],
    ['https://172.31.0.1', /internal/],
    ['https://192.168.0.1', /internal/],
    ['https://169.254.169.254', /internal/],
    ['https://[::1]', /internal/],
    ['https://[fd00::1]', /internal/],
    ['https://[fe80::1]', /internal/],
    ['https://[::ffff:10.0.0.1]', /internal/],
    ['https://sonarcloud.io', /SonarQube Cloud/],
  ])('of a Server is refused when it is %s, with the reason', (text, words) => {
    const checked = checkConnectionUrl('sonarqube-server', text);

    expect(checked.ok ? '' : checked.problem).toMatch(words);
    expect(JSON.stringify(checked)).not.toContain('hunter2');
  });

  it('of SonarQube Cloud is one of its own', () => {
    expect(checkConnectionUrl('sonarqube-cloud', 'https://sonarcloud.io.example.com').ok).toBe(
      false,
    );
  });
});
