import fc from 'fast-check';
import type { DevOpsRecord, DevOpsRecordInput } from '../../../src/contracts/devops-platforms';
import { findAddingRule, findRecordProblem } from '../../../src/domain/devops-record';

const cloud: DevOpsRecordInput & { kind: 'bitbucket-cloud' } = {
  kind: 'bitbucket-cloud',
  key: 'our-cloud',
  workspace: 'acme_1-x',
  clientId: 'client',
  clientSecret: 'secret',
};
const dataCenter: DevOpsRecordInput & { kind: 'bitbucket-data-center' } = {
  kind: 'bitbucket-data-center',
  key: 'dc',
  url: 'https://bitbucket.example.com',
  personalAccessToken: 'token',
};
const knownCloud: DevOpsRecord = {
  kind: 'bitbucket-cloud',
  key: 'our-cloud',
  workspace: 'acme',
  clientId: 'client',
};
const knownDataCenter: DevOpsRecord = {
  kind: 'bitbucket-data-center',
  key: 'dc',
  url: 'https://bitbucket.example.com',
};

describe('a DevOps platform record', () => {
  it.each<[string, DevOpsRecordInput, DevOpsRecord | undefined, RegExp]>([
    ['no name', { ...cloud, key: ' ' }, undefined, /name is missing/],
    ['a long name', { ...cloud, key: 'x'.repeat(201) }, undefined, /201 characters.*at most 200/],
    ['a long OAuth key', { ...cloud, clientId: 'x'.repeat(81) }, undefined, /at most 80/],
    ['a long OAuth secret', { ...cloud, clientSecret: 'x'.repeat(161) }, undefined, /at most 160/],
    ['a workspace in capitals', { ...cloud, workspace: 'Acme' }, undefined, /lowercase/],
    ['no OAuth secret', { ...cloud, clientSecret: undefined }, undefined, /secret is missing/],
    ['no address', { ...dataCenter, url: 'bitbucket' }, undefined, /address/],
    [
      'another protocol',
      { ...dataCenter, url: 'ssh://bitbucket.example.com' },
      undefined,
      /address/,
    ],
    ['no token', { ...dataCenter, personalAccessToken: undefined }, undefined, /token is missing/],
    ['another kind', dataCenter, knownCloud, /keeps its kind/],
  ])('with %s is refused before the server is asked', (...row) => {
    const [, record, known, words] = row;

    expect(findRecordProblem(record, known)).toMatch(words);
  });

  it('[K2] of a Data Center needs its token again at another address, in the sentence of the server', () => {
    const moved = {
      ...dataCenter,
      url: 'https://other.example.com',
      personalAccessToken: undefined,
    };
    const same = { ...dataCenter, personalAccessToken: undefined };

    expect(findRecordProblem(moved, knownDataCenter)).toBe(
      'Please provide the Personal Access Token to update the URL.',
    );
    expect(findRecordProblem(same, knownDataCenter)).toBeUndefined();
    expect(findRecordProblem({ ...cloud, clientSecret: undefined }, knownCloud)).toBeUndefined();
  });

  it('[K1] takes any credential as it is, encrypted ones as well', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 140 }), (text) => {
        fc.pre(text.trim() !== '');
        expect(
          findRecordProblem({ ...cloud, clientSecret: `{aes-gcm}${text}` }, undefined),
        ).toBeUndefined();
      }),
    );
  });

  it('can be added once below Enterprise Edition, whichever Bitbucket it is for', () => {
    expect(findAddingRule('developer', [])).toBeUndefined();
    expect(findAddingRule('developer', [knownCloud])).toMatch(/Enterprise Edition takes several/);
    expect(findAddingRule(undefined, [knownDataCenter])).toBeDefined();
    expect(findAddingRule('enterprise', [knownCloud, knownDataCenter])).toBeUndefined();
    expect(findAddingRule('datacenter', [knownCloud])).toBeUndefined();
  });
});
