import type { Client, Json } from '@pledgeonce/scripts/rest/client.js';
import { at, textAt } from '@pledgeonce/scripts/rest/json.js';
import { bank, taxOfficer } from './support/consortium.js';
import { freshNumber, paper, withCases } from './support/cases.js';
import { sendImport } from './support/import.js';

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const seller = { scheme: 'VAT', id: 'DE987654321' };

async function imported(client: Client, body: Buffer | string, query = ''): Promise<Json> {
  const [verdict] = await sendImport(client, body, 'application/xml', query);
  if (verdict === undefined) throw new Error('The import answered no verdict.');
  return verdict;
}

async function verified(number: string, total: string, numberingPeriod?: string): Promise<Json> {
  const document = {
    type: 'tax-invoice',
    number,
    issuer: seller,
    ...(numberingPeriod && { numberingPeriod }),
  };
  const particulars = { enterprise: seller, total: eur(total) };
  return (await (await bank('B')).officer.post('/verifications', { document, particulars })).body;
}

withCases('one document, one balance (skipped unless ../shared/cases exists)', () => {
  let tax: Client;
  beforeAll(async () => {
    tax = await taxOfficer();
  });

  it('F08: one invoice whose tax number stands under VAT and under FC is one document', async () => {
    const number = freshNumber();
    const first = await imported(tax, paper('F08a-ubl-tax-number-under-VAT.xml', 'PAIR-1', number));
    expect(first).toMatchObject({ status: 'recorded' });
    const second = await imported(tax, paper('F08b-cii-tax-number-under-FC.xml', 'PAIR-1', number));
    expect(second).toMatchObject({ status: 'refused', code: 'FACT_EXISTS' });
  });

  it('F05: a corrected invoice takes the place of its original, with what was drawn on it', async () => {
    const original = freshNumber();
    const corrected = freshNumber();
    const first = await imported(tax, paper('F05a-original-380-500.xml', 'ORIG-1', original));
    expect(first).toMatchObject({ status: 'recorded' });
    const document = { type: 'tax-invoice', number: original, issuer: seller };
    const claim = await (
      await bank('A')
    ).officer.post('/claims', {
      applicationNumber: freshNumber(),
      enterprise: seller,
      product: 'factoring',
      amount: eur('100.00'),
      lines: [{ document, amount: eur('100.00') }],
      dueDate: new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10),
    });
    expect(claim.status).toBe(201);
    const text = paper('F05b-corrected-384-300.xml', 'CORR-1', corrected)
      .toString()
      .replace('ORIG-1', original);
    expect(await imported(tax, text)).toMatchObject({
      status: 'recorded',
      warnings: [expect.objectContaining({ warning: 'replaces' })],
    });
    const { body } = await tax.get(`/facts/${textAt(first, 'id')}`);
    expect(at(body, 'status')).toBe('replaced');
    expect(at(await verified(corrected, '300.00'), 'remaining')).toEqual(eur('200.00'));
    expect(at(await verified(original, '500.00'), 'result')).not.toBe('match');
  });

  it('F12: a restarted number is another document where its period is stated, and the refusal says how', async () => {
    const number = freshNumber();
    const old = paper('F12a-number-of-2024.xml', '>17<', `>${number}<`);
    const restarted = paper('F12b-number-restarted-2026.xml', '>17<', `>${number}<`);
    expect(await imported(tax, old)).toMatchObject({ status: 'recorded' });
    expect(await imported(tax, restarted)).toMatchObject({
      status: 'refused',
      code: 'FACT_EXISTS',
      detail: expect.stringContaining('numberingPeriod') as unknown,
    });
    expect(await imported(tax, restarted, '?numberingPeriod=2026')).toMatchObject({ status: 'recorded' });
    expect(at(await verified(number, '119.00'), 'result')).toBe('match');
    expect(at(await verified(number, '500.00', '2026'), 'result')).toBe('match');
  });
});
