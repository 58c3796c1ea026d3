import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import fc from 'fast-check';
import type { Trade } from '../trade.js';
import { randomTrade, type Sketch, sketched } from '../../testing/sketched-trade.js';
import { carrierOf, limitOf, overdrafts } from './limit.js';
import { leftByHall } from '../../testing/left-by-hall.js';

const noRates = new Map();

/** What is left of each document by its name, and the families that are overdrawn. */
function answers(sketch: Sketch) {
  const trade = onCarriers(sketched(sketch));
  const left = Object.fromEntries(trade.rows.map((row) => [row.fact, limitOf(trade, row, noRates)?.left]));
  const overdrawn = [...new Set(overdrafts(trade, noRates).map(({ family }) => family))].sort();
  return { left, overdrawn };
}

/** As the ledger draws: what is named through an own paper lies on the authority's document beside it. */
function onCarriers(trade: Trade): Trade {
  const draws = trade.draws.map((draw) => {
    const row = trade.rows.find(({ fact }) => fact === draw.fact);
    const carrier = row && carrierOf(trade, row);
    if (carrier === undefined || typeof carrier === 'string' || carrier === row) return draw;
    return { ...draw, fact: carrier.fact, through: draw.fact };
  });
  return { ...trade, draws };
}

const caseSchema = z.object({
  name: z.string(),
  documents: z.array(
    z.object({
      id: z.string(),
      family: z.enum(['invoice', 'declaration']),
      seller: z.string(),
      by: z.enum(['authority', 'self']),
      states: z.number(),
      cites: z.array(z.string()),
      bill: z.array(z.string()).optional(),
    }),
  ),
  draws: z.array(z.object({ on: z.string(), amount: z.number(), paid: z.boolean().optional() })),
  left: z.record(z.string(), z.number()),
  overdrawn: z.array(z.string()),
});

const cases = join(process.cwd(), '..', 'shared', 'cases', 'balance.json');
const known = existsSync(cases) ? z.array(caseSchema).parse(JSON.parse(readFileSync(cases, 'utf8'))) : [];

const whereKnown = known.length > 0 ? describe : describe.skip;

whereKnown('what was worked out by hand', () => {
  it(`is what the rule says: ${cases}`, () => {
    for (const { name, left, overdrawn, ...sketch } of known) {
      const right = Object.fromEntries(Object.entries(left).map(([id, amount]) => [id, BigInt(amount)]));
      expect([name, answers(sketch)]).toEqual([name, { left: right, overdrawn: [...overdrawn].sort() }]);
    }
  });
});

describe('what is left of a trade', () => {
  it('is what Hall’s condition leaves, over every subset of what is drawn', () => {
    fc.assert(
      fc.property(randomTrade(), (sketch) => {
        const trade = sketched(sketch);
        for (const row of trade.rows) expect(limitOf(trade, row, noRates)?.left).toBe(leftByHall(trade, row));
      }),
      { numRuns: 400 },
    );
  });

  it('never rises by what the seller records itself, whatever it cites and states', () => {
    fc.assert(
      fc.property(randomTrade(), (sketch) => {
        const believed = sketch.documents.filter(({ by }) => by === 'authority');
        const draws = sketch.draws.filter(({ on }) => believed.some(({ id }) => id === on));
        const without = answers({ documents: believed, draws });
        const withOwn = answers({ ...sketch, draws });
        for (const { id } of believed) {
          expect(withOwn.left[id] ?? 0n).toBeLessThanOrEqual(without.left[id] ?? 0n);
        }
        for (const family of without.overdrawn) expect(withOwn.overdrawn).toContain(family);
      }),
      { numRuns: 400 },
    );
  });

  it('does not change by what other sellers’ documents state or cite', () => {
    fc.assert(
      fc.property(randomTrade(), randomTrade({ seller: 'stranger' }), (own, other) => {
        const alone = answers(own);
        const together = answers({
          documents: [...other.documents, ...own.documents],
          draws: [...own.draws, ...other.draws],
        });
        for (const { id } of own.documents) expect(together.left[id]).toBe(alone.left[id]);
      }),
      { numRuns: 300 },
    );
  });

  it('does not depend on the order of recording', () => {
    fc.assert(
      fc.property(
        randomTrade().chain((sketch) =>
          fc.record({
            sketch: fc.constant(sketch),
            documents: fc.shuffledSubarray([...sketch.documents], { minLength: sketch.documents.length }),
            draws: fc.shuffledSubarray([...sketch.draws], { minLength: sketch.draws.length }),
          }),
        ),
        ({ sketch, documents, draws }) => {
          expect(answers({ documents, draws })).toEqual(answers(sketch));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is nothing once all of it has been drawn, and drawing it overdraws nothing more', () => {
    fc.assert(
      fc.property(randomTrade(), (sketch) => {
        const trade = sketched(sketch);
        for (const row of trade.rows) {
          const left = limitOf(trade, row, noRates)?.left ?? 0n;
          const carrier = carrierOf(trade, row);
          if (left === 0n || carrier === 'several') continue;
          const on = carrier === 'none' ? row : carrier;
          const draw = {
            drawnBy: 'all',
            owner: 'BankAMSP',
            fact: on.fact,
            amount: left,
            ...(on !== row && { through: row.fact }),
          };
          const drawn = { ...trade, draws: [...trade.draws, draw] };
          expect(limitOf(drawn, row, noRates)?.left).toBe(0n);
          const families = (all: typeof trade) =>
            overdrafts(all, noRates)
              .map(({ family }) => family)
              .sort();
          expect(new Set(families(drawn))).toEqual(new Set(families(trade)));
        }
      }),
      { numRuns: 300 },
    );
  });
});
