import { openDatabase } from '../../../host/database';
import { createCustomerEgress, CustomerEgressError } from '../../../host/platform/customer-egress';

const database = openDatabase(':memory:');
let egress: ReturnType<typeof createCustomerEgress>;
let number = 0;
beforeEach(() => {
  number += 1;
  egress = createCustomerEgress(database, `installation-${number}`, true);
});

function group(key: string, domains: readonly string[] = [`https://${key}.example.com`]) {
  const type = ['FETCH_BACKEND_SIDE'];
  return { key, description: 'A server', configured: domains.map((domain) => ({ domain, type })) };
}

function statusOf(request: unknown): number | undefined {
  try {
    egress.set(request);
    return undefined;
  } catch (error) {
    return error instanceof CustomerEgressError ? error.status : -1;
  }
}

describe('customer-managed egress', () => {
  it('keeps what was allowed for one installation, also after a restart', () => {
    egress.set({ egresses: [group('sonar')] });

    const again = createCustomerEgress(database, `installation-${number}`, true);
    const other = createCustomerEgress(database, 'another', true);
    expect(again.backendDomains()).toEqual(['https://sonar.example.com']);
    expect(other.backendDomains()).toEqual([]);
  });

  it('forgets a domain, and a group with its last one', () => {
    egress.set({ egresses: [group('two', ['a.example.com', 'b.example.com']), group('one')] });

    egress.deleteDomain({ key: 'two', domain: 'a.example.com', type: 'FETCH_BACKEND_SIDE' });
    egress.deleteDomain({ key: 'absent', domain: 'x.example.com', type: 'FETCH_BACKEND_SIDE' });
    egress.deleteGroup({ key: 'one' });

    expect(egress.get({}).results.map(({ key }) => key)).toEqual(['two']);
    expect(egress.backendDomains()).toEqual(['b.example.com']);
  });

  it('answers in pages', () => {
    egress.set({ egresses: ['a', 'b', 'c'].map((key) => group(key)) });

    const first = egress.get({ pageSize: 2 });
    const second = egress.get({ pageSize: 2, nextPageToken: first.lastEvaluatedKey });

    expect(first.results.map(({ key }) => key)).toEqual(['a', 'b']);
    expect(second).toMatchObject({ results: [{ key: 'c' }] });
    expect(second.lastEvaluatedKey).toBeUndefined();
  });

  it.each([
    ['nothing', {}, 400],
    ['http', { egresses: [group('a', ['http://sonar.example.com'])] }, 422],
    ['a path', { egresses: [group('a', ['https://sonar.example.com/x'])] }, 422],
    ['a domain twice', { egresses: [group('a', ['x.example.com', 'x.example.com'])] }, 422],
    ['a key twice', { egresses: [group('a'), group('a')] }, 422],
    [
      '11 domains',
      {
        egresses: [
          group(
            'a',
            Array.from({ length: 11 }, (_, at) => `h${at}.example.com`),
          ),
        ],
      },
      400,
    ],
    ['11 groups', { egresses: Array.from({ length: 11 }, (_, at) => group(`g${at}`)) }, 400],
    ['a wildcard', { egresses: [group('a', ['*.example.com'])] }, undefined],
    ['10 groups', { egresses: Array.from({ length: 10 }, (_, at) => group(`g${at}`)) }, undefined],
  ])('answers %s as the platform does', (_name, request, status) => {
    expect(statusOf(request)).toBe(status);
  });

  it('refuses everything where the manifest does not ask for it', () => {
    egress = createCustomerEgress(database, 'off', false);

    expect(statusOf({ egresses: [group('a')] })).toBe(403);
    expect(egress.backendDomains()).toEqual([]);
  });
});
