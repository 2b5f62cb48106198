import { startUp } from '../../../host/launch/start-up';

describe('starting something made of parts', () => {
  it('ends the parts in the opposite order, once', async () => {
    const ended: string[] = [];
    const started = await startUp((onStop) => {
      onStop(() => void ended.push('first'));
      onStop(() => void ended.push('second'));
      return Promise.resolve({});
    });

    await Promise.all([started.stop(), started.stop()]);

    expect(ended).toEqual(['second', 'first']);
  });

  it('ends what was started when a later part fails', async () => {
    const ended: string[] = [];

    const start = startUp((onStop) => {
      onStop(() => void ended.push('first'));
      return Promise.reject(new Error('second did not start'));
    });

    await expect(start).rejects.toThrow('second did not start');
    expect(ended).toEqual(['first']);
  });

  it('ends every part even when one cannot be ended', async () => {
    const ended: string[] = [];
    const started = await startUp((onStop) => {
      onStop(() => void ended.push('first'));
      onStop(() => Promise.reject(new Error('stuck')));
      return Promise.resolve({});
    });

    await expect(started.stop()).rejects.toThrow('stuck');
    expect(ended).toEqual(['first']);
  });
});
