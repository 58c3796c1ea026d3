import type { ClaimInput, Input } from '../api.js';
import { dateOf, instantText } from '../rules/dates.js';
import { assign, type InsuredTrade, insuredTrade } from '../testing/insured-trade.js';
import {
  claim,
  day,
  freshKey,
  people,
  record,
  refusal,
  refuses,
  remainingOf,
  reserve,
  usd,
} from '../testing/story.js';
import { commitmentOf } from '../rules/offer-commitment.js';

type Lines = ClaimInput['lines'];

const minute = 60_000;
const salt = Buffer.alloc(32, 5).toString('base64');
const service = { mspId: 'EnterpriseMSP', role: 'service', id: 'clerk' } as const;
const systemClock = Date.now;
const line = (type: Lines[number]['document']['type'], number: string, amount: string): Lines[number] => ({
  document: { type, number },
  amount: usd(amount),
});

/** Two trades of 100 with one buyer: each its invoice and its shipment, one limit over both. */
async function twoTrades(): Promise<InsuredTrade> {
  const trade = await insuredTrade();
  const { ledger, invoice, shipment } = trade;
  // The deadline rule compares with the endorser's clock.
  Date.now = () => ledger.now;
  await record(ledger, { ...invoice, number: 'INV-2' });
  const { type, date, seller, buyer, total } = shipment;
  await record(ledger, {
    type,
    number: 'SHP-2',
    date,
    seller,
    buyer,
    total,
    shipment: { policy: 'POL-1', premiumPaid: true },
    cites: [{ type: 'tax-invoice', number: 'INV-2', issuer: { scheme: seller.scheme, id: seller.id } }],
  });
  return trade;
}

function need({ ledger }: InsuredTrade, more: Partial<Input<'postRequest'>> = {}): Input<'postRequest'> {
  return {
    idempotencyKey: freshKey(),
    banks: ['BankAMSP', 'BankBMSP'],
    amount: usd('120.00'),
    tenorDays: 90,
    product: 'insured',
    purpose: 'Working capital',
    lines: [line('tax-invoice', 'INV-1', '80.00'), line('tax-invoice', 'INV-2', '40.00')],
    cover: [
      line('buyer-limit', 'LIM-1', '120.00'),
      line('declared-shipment', 'SHP-1', '80.00'),
      line('declared-shipment', 'SHP-2', '40.00'),
    ],
    deadline: instantText(ledger.now + minute),
    ...more,
  };
}

/** Posts the need, and bank A offers so much of it; returns the opened offer. */
async function offered(trade: InsuredTrade, amount: string): Promise<string> {
  const { ledger } = trade;
  const { answer: request } = await ledger.submit('postRequest', people.exporter, need(trade));
  const terms = { amount: usd(amount), rate: '2.90', validUntil: dateOf(ledger.now + 10 * day) };
  const commitment = commitmentOf(request.id, 'BankAMSP', salt, terms);
  const { answer } = await ledger.submit('sealOffer', people.bankA, { request: request.id, commitment });
  ledger.now += 2 * minute;
  await ledger.submit('closeRequest', service, { id: request.id });
  await ledger.submit('openOffer', people.bankA, { id: answer.id, salt, terms });
  return answer.id;
}

const accept = ({ ledger }: InsuredTrade, id: string) =>
  ledger.submit('acceptOffer', people.exporter, { id, idempotencyKey: freshKey() });

describe('an offer on a need that names cover', () => {
  afterEach(() => {
    Date.now = systemClock;
  });

  it('becomes an insured claim of the bank to which the proceeds are assigned', async () => {
    const trade = await twoTrades();
    const { ledger, limit, shipment, invoice } = trade;
    const id = await offered(trade, '120.00');
    const error = await refusal(ledger, () => accept(trade, id));
    expect(error.code).toBe('NOT_ASSIGNEE');
    expect(error.body.lines).toMatchObject([{ list: 'cover', line: 0, code: 'NOT_ASSIGNEE' }]);
    await assign(ledger);
    const { answer } = await accept(trade, id);
    const { answer: held } = await ledger.endorse('readClaim', people.bankA, { id: answer.claim ?? '' });
    expect(held).toMatchObject({
      state: 'reserved',
      product: 'insured',
      cover: [{ drawn: usd('120.00') }, { drawn: usd('80.00') }, { drawn: usd('40.00') }],
    });
    expect(await Promise.all([limit, shipment, invoice].map((fact) => remainingOf(ledger, fact)))).toEqual([
      '80.00',
      '20.00',
      '20.00',
    ]);
  });

  it('of less fills limits, shipments and receivables in their order', async () => {
    const trade = await twoTrades();
    await assign(trade.ledger);
    const { answer } = await accept(trade, await offered(trade, '90.00'));
    const { answer: held } = await trade.ledger.endorse('readClaim', people.bankA, {
      id: answer.claim ?? '',
    });
    const drawn = [...held.lines, ...(held.cover ?? [])].map(({ document, amount }) => [
      document.number,
      amount.amount,
    ]);
    expect(drawn).toEqual([
      ['INV1', '80.00'],
      ['INV2', '10.00'],
      ['LIM1', '90.00'],
      ['SHP1', '80.00'],
      ['SHP2', '10.00'],
    ]);
  });

  it('is refused as a whole when the cover has ended or been used meanwhile', async () => {
    const trade = await twoTrades();
    const { ledger, shipment } = trade;
    await assign(ledger);
    const id = await offered(trade, '120.00');
    const amend = (premiumPaid: boolean) =>
      ledger.submit('amendFact', people.insurer, {
        id: shipment.id,
        changes: { shipment: { policy: 'POL-1', premiumPaid } },
        reason: 'r',
      });
    await amend(false);
    await refuses(ledger, 'PREMIUM_UNPAID', () => accept(trade, id));
    await amend(true);
    await reserve(ledger, claim(ledger, '20.00', { lines: [line('tax-invoice', 'INV-1', '20.00')] }));
    await refuses(ledger, 'EXCEEDS_BALANCE', () => accept(trade, id));
  });

  it.each<[string, string, Partial<Input<'postRequest'>>]>([
    ['COVER_REQUIRED', 'cover', { cover: undefined }],
    ['COVER_REQUIRED', 'product', { product: 'invoice' }],
    ['COVER_SUM', 'cover', { cover: [line('buyer-limit', 'LIM-1', '120.00')] }],
    [
      'COVER_SUM',
      'cover',
      { cover: [line('buyer-limit', 'LIM-1', '119.99'), line('declared-shipment', 'SHP-1', '120.00')] },
    ],
    ['DUE_DATE_INVALID', 'tenorDays', { tenorDays: 181 }],
    [
      'LINE_REPEATED',
      'cover.1.document',
      { cover: [line('buyer-limit', 'LIM-1', '60.00'), line('buyer-limit', 'LIM-1', '60.00')] },
    ],
  ])('is refused when it is posted with %s in %s', async (code, field, more) => {
    const trade = await twoTrades();
    const error = await refusal(trade.ledger, () =>
      trade.ledger.submit('postRequest', people.exporter, need(trade, more)),
    );
    expect([error.code, error.body.field]).toEqual([code, field]);
  });
});
