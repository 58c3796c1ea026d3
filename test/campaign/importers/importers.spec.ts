import { Seeded } from '../seeded.js';
import { minimised, mutated, mutatedWorkbook } from './mutate-file.js';
import { keptCases, samplesFor } from './samples.js';
import { crashOf, targetNames, targets } from './targets.js';

const filesPerReader = 40;

describe('whatever reads files of others', () => {
  it.each(targetNames)('reads what honest people send: %s', async (target) => {
    const samples = samplesFor(target);
    expect(samples.length).toBeGreaterThan(0);
    let read = 0;
    for (const sample of samples) {
      expect(await crashOf(target, sample)).toBeUndefined();
      read += await targets[target](sample).then(
        () => 1,
        () => 0,
      );
    }
    // A reader for which every sample is a refusal would be tried at its door only.
    expect(read).toBeGreaterThan(0);
  });

  it.each(targetNames)('takes files that are nearly right, or refuses them: %s', async (target) => {
    const seeded = new Seeded(20_261_129);
    const samples = samplesFor(target);
    const mutate = target.endsWith('Excel') ? mutatedWorkbook : mutated;
    for (let count = 0; count < filesPerReader; count += 1) {
      const file = await mutate(seeded, seeded.pick(samples), samples);
      expect([file.toString('base64'), await crashOf(target, file)]).toEqual([
        file.toString('base64'),
        undefined,
      ]);
    }
  });

  it('takes, or refuses, everything that ever broke it', async () => {
    for (const { target, base64, was } of keptCases())
      expect([was, await crashOf(target, Buffer.from(base64, 'base64'))]).toEqual([was, undefined]);
  });
});

describe('mutations', () => {
  const [sample = Buffer.alloc(0)] = samplesFor('document as CSV');

  it('come again under the same seed', () => {
    const make = () => {
      const seeded = new Seeded(5);
      return Array.from({ length: 50 }, () => mutated(seeded, sample, [sample]).toString('base64'));
    };
    expect(make()).toEqual(make());
    expect(new Set(make()).size).toBeGreaterThan(45);
  });

  it('find a fault that was planted, and leave no more of the file than it needs', async () => {
    const isWrong = (file: Buffer) => file.includes('__proto__');
    const seeded = new Seeded(6);
    let found: Buffer | undefined;
    for (let count = 0; count < 5_000 && found === undefined; count += 1) {
      const file = mutated(seeded, sample, [sample]);
      if (isWrong(file)) found = file;
    }
    expect(found).toBeDefined();
    const least = await minimised(found ?? sample, (less) => Promise.resolve(isWrong(less)));
    expect(least.toString()).toBe('__proto__');
  });
});
