import fc from 'fast-check';
import {
  findExtrasProblem,
  findFixedReason,
  findKeyProblem,
  findRefusal,
  suggestKey,
  toPlatform,
} from '../../../src/domain/organization';

const free = { key: 'acme', isAdmin: true, platform: undefined, usedBy: undefined };

describe('the key of an organization', () => {
  it('[B2] that is suggested is always one that Cloud takes', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400, unit: 'grapheme' }), (name) => {
        expect(findKeyProblem(suggestKey(name))).toBeUndefined();
      }),
    );
    expect(['Acme Inc.', 'Ünï--Cödé', '***', 'a_b'].map(suggestKey)).toEqual([
      'acme-inc',
      'u-ni-co-de',
      'workspace',
      'a-b',
    ]);
  });

  it.each(['', 'Acme', 'a--b', '-a', 'a-', 'a_b', 'ä', 'x'.repeat(256)])(
    '[B2] "%s" is refused before Cloud is asked',
    (key) => {
      expect(findKeyProblem(key)).toMatch(/\.$/);
    },
  );

  it.each([
    [{ description: 'x'.repeat(257) }, /256/],
    [{ url: 'http://acme.example' }, /https/],
    [{ avatar: 'javascript:alert(1)' }, /https/],
    [{ avatar: 'nothing' }, /https/],
  ])('[B2] extras %j are refused', (extras, words) => {
    expect(findExtrasProblem(extras)).toMatch(words);
    expect(findExtrasProblem({ url: 'https://acme.example', description: '<b>x</b>' })).toBe(
      undefined,
    );
  });
});

describe('whether the workspace can be bound', () => {
  it.each([
    ['https://github.com/acme', 'github', 'boundElsewhere'],
    ['https://gitlab.com/acme', 'gitlab', 'boundElsewhere'],
    ['https://dev.azure.com/acme', 'azure', 'boundElsewhere'],
    ['https://acme.visualstudio.com', 'azure', 'boundElsewhere'],
    ['https://git.example.com', 'unknown', 'boundElsewhere'],
    ['https://bitbucket.org/other', 'bitbucket', 'boundToOtherWorkspace'],
    ['https://bitbucket.org/Acme/', 'bitbucket', undefined],
    ['https://evilbitbucket.org/acme', 'unknown', 'boundElsewhere'],
  ] as const)('[B6] %s is %s: %s', (...row) => {
    const [url, kind, code] = row;

    const platform = toPlatform(url, 'acme');
    const refusal = findRefusal({ ...free, platform });

    expect([platform.kind, refusal?.code]).toEqual([kind, code]);
    if (code === 'boundElsewhere') expect(refusal?.nextStep).toMatch(/second organization/);
  });

  it('[B4] an unbound organization of ours can, and one of others with the reason cannot', () => {
    expect(findRefusal(free)).toBeUndefined();
    expect(findRefusal({ ...free, isAdmin: false })?.code).toBe('noAdministrator');
    expect(findRefusal({ ...free, usedBy: 'Other' })?.message).toContain('"Other"');
  });

  it('[B6] GitLab and Azure DevOps are fixed, and the page can say so', () => {
    const fixed = ['https://gitlab.com/a', 'https://dev.azure.com/a', 'https://github.com/a'].map(
      (url) => findFixedReason(toPlatform(url, 'acme')),
    );

    expect(fixed.map((reason) => reason?.includes('second organization'))).toEqual([
      true,
      true,
      undefined,
    ]);
  });
});
