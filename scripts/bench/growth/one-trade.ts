import type { FactInput, PartyId } from '@pledgeonce/chaincode/api.js';
import { freshContainer } from '../../story/containers.js';
import { post } from '../http.js';
import { claimOn, type Field, succeed, usd, verdictsOf } from './field.js';
import { type GrowthRow, scaled } from './row.js';

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

/** Fifty bills at a time that list one container, a few of each fifty drawn on; at the end 40 claims in one batch. */
export const sharedContainer: GrowthRow = {
  name: 'shared-container',
  what: '50 more bills that share a container, some drawn',
  sizes: (scale) => [Math.max(100, Math.round((300 * scale) / 50) * 50)],
  unit: 'in all',
  async play(field: Field, size, measure) {
    const seller = field.seller();
    const transport = { containers: [freshContainer()], loadedOn: '2026-03-01' };
    const bills: FactInput[] = [];
    const bank = await field.person('BankAMSP');
    for (let there = 0; there < size; there += 50) {
      const more = upTo(50).map(() =>
        field.declaration(seller, { type: 'bill-of-lading', date: '2026-03-01', transport }),
      );
      await measure(50, async () => {
        await field.record('CarrierMSP', more);
        return `${there} there`;
      });
      for (const bill of more.slice(0, 5)) await succeed(bank, '/claims', claimOn([bill], '1.00'), 201);
      bills.push(...more);
    }
    const claims = upTo(40).map((index) =>
      claimOn(bills.slice(Math.floor((index * size) / 40)).slice(0, 1), '1.00'),
    );
    await measure(40, async () => {
      const { text } = await post(await field.person('BankBMSP'), '/claims/batch', { claims });
      const { reserved, codes } = verdictsOf(text);
      return `40 claims in one batch: ${reserved} reserved ${[...new Set(codes)].join()}`;
    });
  },
};

/** Two trades that a declaration joins which cites an invoice of each. */
export const joining: GrowthRow = {
  name: 'joining',
  what: 'joining two trades',
  sizes: (scale) => scaled([25, 50, 100, 240], scale),
  unit: 'invoices each',
  async play(field: Field, size, measure) {
    const seller = field.seller();
    const [left, right] = [await tradeOf(field, seller, size), await tradeOf(field, seller, size)];
    const cited = [left[0], right[0]].flatMap((fact) => fact ?? []);
    await measure(1, async () => {
      await field.record('CustomsMSP', [
        field.declaration(seller, { total: usd('20000.00'), cites: citing(cited) }),
      ]);
      return '';
    });
  },
};

/** Claims of fifty lines each, on invoices of one trade. */
export const manyLines: GrowthRow = {
  name: 'many-lines',
  what: '8 claims of 50 lines in one trade',
  sizes: (scale) => [...new Set([50, 150, 300].map((size) => Math.max(50, Math.round(size * scale))))],
  unit: 'invoices',
  async play(field: Field, size, measure) {
    const invoices = await tradeOf(field, field.seller(), size);
    const bank = await field.person('BankAMSP');
    await measure(8, async () => {
      for (const turn of upTo(8)) {
        const start = (turn * 37) % (size - 49);
        await succeed(bank, '/claims', claimOn(invoices.slice(start, start + 50), '100.00'), 201);
      }
      return '';
    });
  },
};

/** Invoices of one trade: declarations that cite fifty each, the last of one being the first of the next. */
async function tradeOf(field: Field, seller: PartyId, size: number): Promise<readonly FactInput[]> {
  const invoices = upTo(size).map(() =>
    field.declaration(seller, { type: 'tax-invoice', total: usd('10000.00') }),
  );
  await field.record('TaxMSP', invoices);
  const declarations = [];
  for (let start = 0; start < size; start += 49) {
    const cites = citing(invoices.slice(start, start + 50));
    declarations.push(field.declaration(seller, { total: usd('1000000.00'), cites }));
  }
  await field.record('CustomsMSP', declarations);
  return invoices;
}

function citing(facts: readonly FactInput[]): NonNullable<FactInput['cites']> {
  return facts.map(({ number }) => ({ type: 'tax-invoice' as const, number }));
}
