import { setImmediate as turn } from 'node:timers/promises';
import { eachAtOnce } from './each-at-once.js';

describe('work at once', () => {
  it.each([1, 2, 5, 9])('never exceeds %d, does every piece once, and keeps the order', async (most) => {
    const pieces = Array.from({ length: 7 }, (_, index) => index);
    let [now, highest] = [0, 0];
    const done: number[] = [];
    const results = await eachAtOnce(pieces, most, async (piece) => {
      now += 1;
      highest = Math.max(highest, now);
      // The first pieces take longest.
      for (let turns = 7 - piece; turns > 0; turns--) await turn();
      now -= 1;
      done.push(piece);
      return piece * 10;
    });
    expect(highest).toBe(Math.min(most, pieces.length));
    expect(done.sort()).toEqual(pieces);
    expect(results).toEqual(pieces.map((piece) => piece * 10));
  });

  it('of nothing is nothing', async () => {
    expect(await eachAtOnce([], 2, () => Promise.reject(new Error('There is no piece.')))).toEqual([]);
  });
});
