import { runWebhookStorm } from '../../support/app/webhook-storm';

describe('ten thousand webhooks', () => {
  it('[F2] [F3] dropped, repeated and in any order, end in the truth, with fewer calls than changes', async () => {
    const { sent, dropped, repeated, wrong, writesAfterwards, ...calls } =
      await runWebhookStorm(10_000);

    expect(wrong).toEqual([]);
    expect(writesAfterwards).toBe(0);
    expect({ sent, dropped: dropped > 900, repeated: repeated > 1_800 }).toEqual({
      sent: 10_000,
      dropped: true,
      repeated: true,
    });
    expect(calls.callsMeanwhile + calls.callsToCatchUp).toBeLessThan(calls.callsForEachChange);
  }, 120_000);
});
