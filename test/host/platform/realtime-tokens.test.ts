import { createManualClock } from '../../../host/manual-clock';
import { createRealtimeTokens } from '../../../host/platform/realtime-tokens';

const channelName = 'pull-request-7';
const claims = { repositoryUuid: 'r', pullRequestId: 7 };

function setUp() {
  const clock = createManualClock(Date.UTC(2026, 5, 1));
  return { clock, tokens: createRealtimeTokens(clock) };
}

describe('a token of a realtime channel', () => {
  it('[F4] is good for its channel, for what it permits, and for an hour', async () => {
    const { clock, tokens } = setUp();
    const { jwt, expiresAt } = tokens.sign({ channelName, claims, permissions: ['subscribe'] });

    expect(tokens.read(jwt, channelName, 'subscribe')).toBe(JSON.stringify(claims));
    expect(tokens.read(jwt, channelName, 'publish')).toBeUndefined();
    expect(tokens.read(jwt, 'pull-request-8', 'subscribe')).toBeUndefined();
    expect(expiresAt * 1000).toBe(clock.now() + 3_600_000);
    await clock.advance(3_600_000);
    expect(tokens.read(jwt, channelName, 'subscribe')).toBeUndefined();
  });

  it('[F4] cannot be made or changed by somebody else', () => {
    const { tokens } = setUp();
    const { jwt } = setUp().tokens.sign({ channelName, claims });
    const [head, , signature] = tokens.sign({ channelName, claims }).jwt.split('.');
    const other = Buffer.from(JSON.stringify({ channel: { name: 'x' } })).toString('base64url');

    expect(tokens.read(jwt, channelName, 'subscribe')).toBeUndefined();
    expect(tokens.read(`${head}.${other}.${signature}`, 'x', 'subscribe')).toBeUndefined();
    expect(tokens.read('nonsense', channelName, 'subscribe')).toBeUndefined();
  });
});
