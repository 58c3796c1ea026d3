import { priceCopies } from '../testing/price-copies.js';
import { disburse, claim, declaration, freshKey, openLedger, people, record, usd } from '../testing/story.js';

const price = { rate: '2.25', fees: usd('1.50') };
const outlet = 'NB-017';

/** A loan with a price, of 60.00 on a declaration of 100.00. */
async function priced() {
  const ledger = await openLedger();
  await record(ledger, declaration());
  const input = claim(ledger, '60.00', { price, outlet });
  return { ledger, input };
}

describe('what a claim costs', () => {
  it('is written for its bank and the exporter, and to no public line', async () => {
    const { ledger, input } = await priced();
    const { answer, writes } = await ledger.submit('reserveClaims', people.bankA, { claims: [input] });
    const [item] = answer.items;
    if (item?.status !== 'reserved') throw new Error('not reserved');
    const kept = { price: { rate: '2.25', fees: '150', allIn: item.claim.price?.allIn }, outlet };
    expect(priceCopies(writes, item.claim.id)).toEqual({ BankAMSP: kept, EnterpriseMSP: kept });
    const elsewhere = [...writes].filter(([key]) => !key.includes('/C~'));
    expect(elsewhere.map(([, value]) => value).join()).not.toMatch(/2\.25|NB-017/);
  });

  it.each([
    ['whole', undefined],
    ['in a share', usd('20.00')],
  ])(
    'goes to a bank that takes it over %s as its rate, without what is the other bank’s',
    async (_, share) => {
      const { ledger, input } = await priced();
      const { id } = await disburse(ledger, input);
      const command = { id, idempotencyKey: freshKey() };
      const offer = { ...command, to: 'BankBMSP', ...(share && { share }) };
      const offered = await ledger.submit('offerTransfer', people.bankA, offer);
      const terms = [...offered.writes].find(([key]) => key.startsWith('BankBMSP/T~'))?.[1] ?? '';
      expect(JSON.parse(terms)).toMatchObject({ terms: { price: { rate: '2.25', allIn: '2.25' } } });
      expect(terms).not.toMatch(/NB-017|"fees"/);
      const { answer, writes } = await ledger.submit('acceptTransfer', people.approverB, {
        ...command,
        idempotencyKey: freshKey(),
        applicationNumber: 'B-77',
      });
      const taken = { price: { rate: '2.25', allIn: '2.25' }, outlet: undefined };
      expect(priceCopies(writes, answer.id)).toEqual({ BankBMSP: taken, EnterpriseMSP: taken });
      const { answer: old } = await ledger.endorse('readClaim', people.bankA, { id });
      expect(old).toMatchObject({ price: { ...price, allIn: old.price?.allIn }, outlet });
    },
  );
});
