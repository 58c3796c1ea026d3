import type { ClaimInput, FactInput } from '../api.js';
import { assign, insuredTrade } from '../testing/insured-trade.js';
import type { FakeLedger } from '../testing/fake-ledger.js';
import {
  claim,
  disburse,
  exporter,
  freshKey,
  people,
  record,
  refusal,
  remainingOf,
  reserve,
  usd,
} from '../testing/story.js';

const other = { scheme: 'VAT', id: 'FR40303265045' } as const;
type Cover = NonNullable<ClaimInput['cover']>;

/** Beside the sale to one buyer another one to a second, with a limit and a shipment of its own. */
async function twoBuyers() {
  const trade = await insuredTrade();
  const { ledger, invoice, limit, shipment } = trade;
  const { seller, date } = invoice;
  const base = { seller, date, buyer: other };
  const second: FactInput = { ...base, type: 'tax-invoice', number: 'INV-2', total: usd('100.00') };
  await record(ledger, second);
  const secondLimit = await record(ledger, {
    ...base,
    type: 'buyer-limit',
    number: 'LIM-2',
    total: usd('200.00'),
    limit: limit.limit,
  });
  await record(ledger, {
    ...base,
    type: 'declared-shipment',
    number: 'SHP-2',
    total: usd('100.00'),
    shipment: shipment.shipment,
    cites: [{ type: 'tax-invoice', number: 'INV-2', issuer: exporter }],
  });
  await assign(ledger);
  await assign(ledger, 'BankAMSP', 'LIM-2');
  return { ...trade, second, secondLimit };
}

const line = (type: Cover[number]['document']['type'], number: string, amount: string) => ({
  document: { type, number },
  amount: usd(amount),
});
const cover = (place: 1 | 2, amount: string): Cover => [
  line('buyer-limit', `LIM-${place}`, amount),
  line('declared-shipment', `SHP-${place}`, amount),
];
const insured = (ledger: FakeLedger, amount: string, lines: Cover, covers: Cover) =>
  claim(ledger, amount, { product: 'insured', lines, cover: covers });

describe('cover belongs to a line and its buyer', () => {
  it('does not stand for an invoice to another buyer, however little of its own is named', async () => {
    const { ledger } = await twoBuyers();
    const lines = [line('tax-invoice', 'INV-1', '80.00')];
    const attempt = () =>
      reserve(ledger, insured(ledger, '80.00', lines, [...cover(1, '0.01'), ...cover(2, '79.99')]));
    const { body } = await refusal(ledger, attempt);
    expect(body.lines).toMatchObject([
      { list: 'lines', line: 0, code: 'COVER_SUM' },
      { list: 'cover', line: 3, code: 'COVER_MISMATCH' },
    ]);
  });

  it('is not reached through a paper that the exporter records itself', async () => {
    const { ledger } = await insuredTrade({ shipment: { cites: [] } });
    await assign(ledger);
    await record(
      ledger,
      {
        type: 'commercial-invoice',
        number: 'OWN-1',
        date: '2026-03-01',
        seller: exporter,
        total: usd('900.00'),
        cites: [
          { type: 'tax-invoice', number: 'INV-1' },
          { type: 'declared-shipment', number: 'SHP-1' },
        ],
      },
      people.exporter,
    );
    const lines = [line('tax-invoice', 'INV-1', '80.00')];
    const { body } = await refusal(ledger, () =>
      reserve(ledger, insured(ledger, '80.00', lines, cover(1, '80.00'))),
    );
    expect(body.lines?.map(({ code }) => code)).toContain('COVER_MISMATCH');
  });

  it('is freed with its own receivable, in amount, and not with another buyer’s', async () => {
    const { ledger, limit, secondLimit } = await twoBuyers();
    const lines = [line('tax-invoice', 'INV-1', '60.00'), line('tax-invoice', 'INV-2', '30.00')];
    const covers = [...cover(1, '60.00'), ...cover(2, '30.00')];
    const { id } = await disburse(ledger, insured(ledger, '90.00', lines, covers));
    const left = async () => [await remainingOf(ledger, limit), await remainingOf(ledger, secondLimit)];
    expect(await left()).toEqual(['140.00', '170.00']);
    await ledger.submit('repayClaim', people.bankA, {
      id,
      idempotencyKey: freshKey(),
      amount: usd('60.00'),
      source: 'proceeds',
      document: { type: 'tax-invoice', number: 'INV-1' },
    });
    expect(await left()).toEqual(['200.00', '170.00']);
  });
});
