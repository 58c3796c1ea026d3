import { certificateOf } from '../projection/testing/certificate.js';
import { periodicTasks, playRound } from './testing/played-rounds.js';

describe('what a gateway does by itself', () => {
  let certificate: string;

  beforeAll(async () => {
    certificate = await certificateOf('anna');
  });

  it.each(periodicTasks.map((task) => [task.name, task] as const))(
    '%s: all that are due, one more than a page, though one in the middle fails',
    async (_name, task) => {
      const count = 2 * task.page + 1;
      const failing = Math.floor(count / 2);
      const { done, notDue } = await playRound(task, certificate, count, failing);
      // A transaction of many fails whole; those of the other transactions are done.
      const failed = Array.from({ length: count }, (_, index) => index).filter(
        (index) => !done.includes(index),
      );
      expect(failed).toContain(failing);
      expect(failed.length).toBeLessThanOrEqual(task.name.startsWith('claims') ? task.page : 1);
      expect(done).toContain(count - 1);
      expect(new Set(done).size).toBe(done.length);
      expect(notDue).toBe(0);
    },
  );
});
