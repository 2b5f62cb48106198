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

/** Addresses that lead inside, hide where they lead, or carry what they should not. */
const hostile = [
  'https://127.1',
  'https://127.0.0.1',
  'https://127.255.255.254',
  'https://2130706433',
  'https://017700000001',
  'https://0x7f000001',
  'https://0x7f.0.0.1',
  'https://0177.0.0.1',
  'https://0',
  'https://0.0.0.0',
  'https://10.0.0.1',
  'https://167772161',
  'https://100.64.0.1',
  'https://169.254.169.254',
  'https://2852039166',
  'https://172.16.0.1',
  'https://172.31.255.255',
  'https://192.168.1.1',
  'https://192.168.257',
  'https://[::]',
  'https://[::1]',
  'https://[0:0:0:0:0:0:0:1]',
  'https://[fc00::1]',
  'https://[fd12:3456::1]',
  'https://[fe80::1]',
  'https://[::ffff:127.0.0.1]',
  'https://[::ffff:a00:1]',
  'https://localhost',
  'https://localhost.',
  'https://LOCALHOST',
  'https://sonar.localhost',
  'https://sonar.local',
  'https://sonar.internal',
  'https://router.home.arpa',
  'https://sonar',
  'https://sonarcloud.io@10.0.0.1',
  'https://user:hunter2@sonar.example.com',
  'https://sonar.example.com@127.0.0.1/',
  'https://sonar.example.com:22',
  'https://sonar.example.com:9000',
  'http://sonar.example.com',
  'ftp://sonar.example.com',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'https://sonar.example.com/?token=hunter2',
  'https://sonar.example.com/#@127.0.0.1',
  'https://\uFF11\uFF12\uFF17.0.0.1',
  'https://127\u30020\u30020\u30021',
  'https://\u24DB\u24DE\u24D2\u24D0\u24DB\u24D7\u24DE\u24E2\u24E3',
];

describe('a hostile address', () => {
  it.each(hostile)('[K3] %s is refused with a sentence that repeats no credential', (text) => {
    const checked = checkConnectionUrl('sonarqube-server', text);

    expect(checked.ok ? 'accepted' : checked.problem).toMatch(/\.$/);
    expect(JSON.stringify(checked)).not.toContain('hunter2');
  });

  it('[K3] list has at least 40 of them', () => {
    expect(new Set(hostile).size).toBeGreaterThanOrEqual(40);
  });
});
