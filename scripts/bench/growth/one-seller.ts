import type { Field } from './field.js';
import { type GrowthRow, scaled } from './row.js';

/** Documents of one seller on the same five days, thousand by thousand: does each cost what the first did? */
export const oneSeller: GrowthRow = {
  name: 'one-seller',
  what: 'import of one seller’s documents on the same days',
  sizes: (scale) => scaled([1000, 7000], scale),
  unit: 'in all',
  async play(field: Field, size, measure) {
    const seller = field.seller();
    const step = Math.max(100, Math.round(size / 7));
    for (let there = 0; there < size; there += step) {
      const facts = Array.from({ length: Math.min(step, size - there) }, (_, index) =>
        field.declaration(seller, {
          date: `2026-03-0${1 + (index % 5)}`,
          total: { amount: `${1000 + 7 * (there + index)}.00`, currency: 'USD' },
        }),
      );
      await measure(facts.length, async () => {
        await field.record('CustomsMSP', facts);
        return `${there} there`;
      });
    }
  },
};
