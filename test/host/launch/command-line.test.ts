import { CommandLineError, parseCommandLine } from '../../../host/launch/command-line';

describe('the command line of npm start', () => {
  it('runs the project itself on the default port', () => {
    expect(parseCommandLine([], '/home/dana')).toEqual({
      repositories: [],
      port: 4870,
      fresh: false,
      watch: true,
      write: false,
      help: false,
    });
  });

  it('takes the address of a real server, and no token of it', () => {
    const { sonarqube } = parseCommandLine(['--sonarqube', 'http://127.0.0.1:9000'], '/');

    expect(sonarqube).toBe('http://127.0.0.1:9000');
    expect(() => parseCommandLine(['--sonarqube-token', 'squ_1'], '/')).toThrow(CommandLineError);
  });

  it('takes a real workspace, which it writes to only when told so', () => {
    expect(parseCommandLine(['--bitbucket', 'acme'], '/')).toMatchObject({
      bitbucket: 'acme',
      write: false,
    });
    expect(parseCommandLine(['--bitbucket', 'acme', '--write'], '/').write).toBe(true);
    expect(() => parseCommandLine(['--write'], '/')).toThrow(/--bitbucket/);
    expect(() => parseCommandLine(['--bitbucket', 'a', '--repository', 'b'], '/')).toThrow(
      /--repository/,
    );
  });

  it('keeps state where it is told to', () => {
    const { stateDirectory } = parseCommandLine(['--state', '../state'], '/home/dana');

    expect(stateDirectory).toBe('/home/state');
  });

  it('takes repositories from where the person is', () => {
    const { repositories } = parseCommandLine(
      ['--repository', 'shop', '--repository=/srv/with space'],
      '/home/dana',
    );

    expect(repositories).toEqual(['/home/dana/shop', '/srv/with space']);
  });

  it.each([
    [['--prot', '1'], /--prot.*npm start -- --help/],
    [['--port', 'many'], /--port needs a number from 0 to 65535, not "many"/],
    [['--port', '70000'], /--port needs a number/],
    [['--repository'], /--repository/],
    [['shop'], /shop/],
  ])('refuses %j with a sentence', (args, sentence) => {
    expect(() => parseCommandLine(args, '/')).toThrow(CommandLineError);
    expect(() => parseCommandLine(args, '/')).toThrow(sentence);
  });
});
