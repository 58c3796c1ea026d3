import { CleanUps } from './clean-ups.js';

describe('clean-ups', () => {
  it('ends what began last first, each once', async () => {
    const ended: string[] = [];
    const cleanUps = new CleanUps();
    for (const name of ['store', 'follower', 'server']) {
      cleanUps.add(async () => {
        await Promise.resolve();
        ended.push(name);
      });
    }
    await cleanUps.run();
    await cleanUps.run();
    expect(ended).toEqual(['server', 'follower', 'store']);
  });

  it('goes on behind what fails, and tells of it', async () => {
    const ended: string[] = [];
    const cleanUps = new CleanUps();
    cleanUps.add(() => {
      ended.push('store');
    });
    cleanUps.add(() => Promise.reject(new Error('the server does not close')));
    await expect(cleanUps.run()).rejects.toThrow('the server does not close');
    expect(ended).toEqual(['store']);
  });
});
