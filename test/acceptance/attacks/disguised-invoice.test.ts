import { randomInt } from 'node:crypto';
import type { FactInput } from '@pledgeonce/chaincode/api.js';
import type { Client } from '@pledgeonce/scripts/rest/client.js';
import { AlertListener } from '@pledgeonce/scripts/rest/events.js';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { BlockReader } from '../support/block-reader.js';
import { bank, consortium, person, taxOfficer } from '../support/consortium.js';
import { inDays, record, taxInvoice, usd, verify } from '../support/documents.js';
import { expectRefused } from '../support/nothing-written.js';

/** An amount that no earlier run has used, so that what looks alike is what this test recorded. */
const freshCents = () => BigInt(randomInt(1_000_000, 5_000_000_000));
const money = (cents: bigint) => usd(`${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`);

describe('one invoice in disguise: the record is kept, and a person is told', () => {
  let reader: BlockReader;
  let tax: Client;
  let alerts: AlertListener;
  beforeAll(async () => {
    [reader, tax] = await Promise.all([BlockReader.open(consortium()), taxOfficer()]);
    await (
      await person('RegulatorMSP', 'officer')
    ).post('/rates', {
      base: 'CNY',
      date: inDays(0),
      rates: [
        { currency: 'USD', rate: '7.10' },
        { currency: 'EUR', rate: '7.81' },
      ],
    });
    alerts = await AlertListener.open(tax);
  });
  afterAll(() => {
    alerts.close();
    reader.close();
  });

  /** Records the disguise and expects that its authority's people are alerted and the bank is warned. */
  async function expectAlert(
    disguise: FactInput,
    originals: readonly string[],
    reason: string,
  ): Promise<void> {
    const { status, body } = await tax.post('/facts', disguise);
    expect(status).toBe(201);
    const found = listAt(body, 'nearDuplicates');
    expect(found).toEqual(
      expect.arrayContaining(
        originals.map((fact) => {
          const reasons: unknown = expect.arrayContaining([reason]);
          return expect.objectContaining({ fact, reasons }) as unknown;
        }),
      ),
    );
    const id = textAt(body, 'id');
    const alert = await alerts.find((one) => {
      const text = JSON.stringify(one);
      return at(one, 'kind') === 'alert' && text.includes('near-duplicate') && text.includes(id);
    }, 30_000);
    expect(alert).toBeDefined();
    const seen = await verify((await bank('A')).officer, disguise);
    expect(listAt(seen.body, 'warnings')).toContainEqual(
      expect.objectContaining({ warning: 'near-duplicate', checked: false }),
    );
  }

  it('one invoice split into three', async () => {
    const cents = freshCents();
    const whole = await record(tax, taxInvoice({ total: money(cents * 15n) }));
    await record(tax, taxInvoice({ total: money(cents * 2n) }));
    await record(tax, taxInvoice({ total: money(cents * 4n) }));
    await expectAlert(taxInvoice({ total: money(cents * 9n) }), [whole], 'merged');
  });

  it('three invoices merged into one', async () => {
    const cents = freshCents();
    const parts = [];
    for (const share of [2n, 4n, 9n])
      parts.push(await record(tax, taxInvoice({ total: money(cents * share) })));
    await expectAlert(taxInvoice({ total: money(cents * 15n) }), parts, 'split');
  });

  it('the date shifted by a day', async () => {
    const total = money(freshCents());
    const original = taxInvoice({ total });
    const id = await record(tax, original);
    await expectRefused(reader, () => tax.post('/facts', { ...original, date: inDays(-1) }), {
      status: 409,
      code: 'FACT_EXISTS',
    });
    await expectAlert(taxInvoice({ total, date: inDays(-1) }), [id], 'amount');
  });

  it('the amount changed by a cent', async () => {
    const cents = freshCents();
    const original = taxInvoice({ total: money(cents) });
    const id = await record(tax, original);
    await expectRefused(reader, () => tax.post('/facts', { ...original, total: money(cents + 1n) }), {
      status: 409,
      code: 'FACT_EXISTS',
    });
    await expectAlert(taxInvoice({ total: money(cents - 1n) }), [id], 'amount');
  });

  it("the currency changed at the day's rate", async () => {
    const cents = freshCents();
    const original = taxInvoice({ total: money(cents) });
    const id = await record(tax, original);
    const total = { ...money((cents * 710n) / 781n), currency: 'EUR' };
    await expectRefused(reader, () => tax.post('/facts', { ...original, total }), {
      status: 409,
      code: 'FACT_EXISTS',
    });
    await expectAlert(taxInvoice({ total }), [id], 'currency');
  });
});
