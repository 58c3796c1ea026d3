import { certificateOf } from '../projection/testing/certificate.js';
import { roundNames } from './rounds.js';
import { periodicTasks } from './testing/played-rounds.js';

describe('what a gateway does by itself', () => {
  let certificate: string;

  beforeAll(async () => {
    certificate = await certificateOf('anna');
  });

  it.each(periodicTasks.map((task) => [task.name, task] as const))(
    '%s: all that are due, one more than a page, though one in the middle fails',
    async (_name, { page, together, play }) => {
      const count = 2 * page + 1;
      const failing = Math.floor(count / 2);
      const { done, notDue } = await play(certificate, count, failing);
      // A transaction of many fails whole; those of the other transactions are done.
      const failed = Array.from({ length: count }, (_, index) => index).filter(
        (index) => !done.includes(index),
      );
      expect(failed).toContain(failing);
      expect(failed.length).toBeLessThanOrEqual(together);
      expect(done).toContain(count - 1);
      expect(new Set(done).size).toBe(done.length);
      expect(notDue).toBe(0);
    },
    60_000,
  );

  it('is all in the list: there are no rounds of which nothing is played', () => {
    const played = new Set(periodicTasks.map(({ rounds }) => rounds));
    expect([...played].toSorted()).toEqual(roundNames.toSorted());
  });
});
