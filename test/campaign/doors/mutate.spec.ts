import { Seeded } from '../seeded.js';
import { mutated } from './mutate.js';

const message = Buffer.from('a request that some door takes, forty bytes');
const many = (seed: number) => {
  const seeded = new Seeded(seed);
  return Array.from({ length: 500 }, () =>
    mutated(message, seeded, Buffer.from('another one')).toString('hex'),
  );
};

describe('a request with faults in it', () => {
  it('comes again under the same seed, and under no other', () => {
    expect(many(7)).toEqual(many(7));
    expect(many(7)).not.toEqual(many(8));
  });

  it('is hardly ever the one that it was, shorter at times and longer at others', () => {
    const made = many(1);
    expect(made.filter((one) => one === message.toString('hex')).length).toBeLessThan(25);
    expect(new Set(made.map((one) => Math.sign(one.length - 2 * message.length)))).toEqual(
      new Set([-1, 0, 1]),
    );
  });

  it('may be made of nothing', () => {
    expect(mutated(Buffer.alloc(0), new Seeded(1), message)).toHaveLength(0);
  });
});
