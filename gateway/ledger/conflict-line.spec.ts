import { ConflictLine } from './conflict-line.js';

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('what lost a conflict', () => {
  it('is done one at a time, what was asked for first in front', async () => {
    const line = new ConflictLine();
    const done: number[] = [];
    const ends: (() => void)[] = [];
    const work = (since: number) =>
      line.inTurn(since, async () => {
        done.push(since);
        await new Promise<void>((resolve) => ends.push(resolve));
      });
    const all = Promise.all([5, 9, 3, 7, 3].map(work));
    for (let count = 1; count <= 5; count++) {
      await turn();
      expect(done).toHaveLength(count);
      ends.shift()?.();
    }
    await all;
    expect(done).toEqual([5, 3, 3, 7, 9]);
    expect(line.length).toBe(0);
  });

  it('holds up nobody when it fails', async () => {
    const line = new ConflictLine();
    const failing = line.inTurn(1, () => Promise.reject(new Error('lost again')));
    const next = line.inTurn(2, () => Promise.resolve('done'));
    await expect(failing).rejects.toThrow('lost again');
    await expect(next).resolves.toBe('done');
    await expect(line.inTurn(3, () => Promise.resolve('later'))).resolves.toBe('later');
  });
});
