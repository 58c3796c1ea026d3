import fc from 'fast-check';
import type { Input } from '../api.js';
import type { ErrorCode } from '../errors.js';
import { dateOf } from '../rules/dates.js';
import {
  assign,
  assignedTrade,
  buyer,
  type Changes,
  insuredClaim,
  insuredTrade,
} from '../testing/insured-trade.js';
import {
  claim,
  day,
  disburse,
  freshKey,
  otherExporter,
  people,
  record,
  refusal,
  refuses,
  remainingOf,
  reserve,
  usd,
} from '../testing/story.js';

describe('an insured claim', () => {
  it('draws on invoice, shipment and limit at once', async () => {
    const { ledger, invoice, limit, shipment } = await assignedTrade();
    const view = await reserve(ledger, insuredClaim(ledger, '80.00'));
    expect(view).toMatchObject({
      product: 'insured',
      lines: [{ amount: usd('80.00') }],
      cover: [{ fact: limit.id, drawn: usd('80.00') }, { fact: shipment.id }],
    });
    expect(await remainingOf(ledger, invoice)).toBe('20.00');
    expect(await remainingOf(ledger, limit)).toBe('120.00');
  });

  it('is allowed exactly up to the lowest of advance, insured share, limit and declaration', async () => {
    const cents = fc.integer({ min: 1, max: 300 });
    const money = (minor: number) => usd((minor / 100).toFixed(2));
    await fc.assert(
      fc.asyncProperty(
        fc.record({ invoice: cents, shipment: cents, limit: cents, declared: cents, inUse: cents }),
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: -1, max: 1 }),
        async ({ invoice, shipment, limit, declared, inUse }, insuredShare, beside) => {
          const trade = await insuredTrade({
            invoice: { total: money(invoice) },
            shipment: {
              total: money(shipment),
              cites: [
                {
                  type: 'tax-invoice',
                  number: 'INV-1',
                  issuer: { scheme: 'USCC', id: people.exporter.uscc },
                },
                { type: 'customs-declaration', number: '310120260516789012' },
              ],
            },
            limit: { total: money(limit) },
            policy: {
              policy: {
                insuredShare,
                from: dateOf(Date.now() - 10 * day),
                to: dateOf(Date.now() + 10 * day),
              },
            },
          });
          const { ledger, policy } = trade;
          await record(ledger, {
            type: 'customs-declaration',
            number: '310120260516789012',
            date: policy.date,
            seller: policy.seller,
            total: money(declared),
            cites: [{ type: 'tax-invoice', number: 'INV-1' }],
          });
          await assign(ledger);
          // Something else is in use of the declaration, if it fits.
          const other = await reserve(ledger, claim(ledger, money(inUse).amount)).catch(() => undefined);
          const used = other === undefined ? 0 : inUse;
          const goods = Math.min(invoice, declared);
          const most = Math.min(
            Math.floor((invoice * 90) / 100),
            Math.floor((goods * 90) / 100) - used,
            Math.floor((shipment * insuredShare) / 100),
            limit,
          );
          const wanted = most + beside;
          if (wanted < 1) return;
          const attempt = () => reserve(ledger, insuredClaim(ledger, money(wanted).amount));
          const outcome = wanted > most ? (await refusal(ledger, attempt)).code : (await attempt()).state;
          expect(outcome).toBe(wanted > most ? 'EXCEEDS_BALANCE' : 'reserved');
        },
      ),
      { numRuns: 60 },
    );
  });

  it('counts what other claims of the trade have drawn against the advance', async () => {
    const { ledger } = await assignedTrade({ limit: { total: usd('900.00') } });
    const [line] = insuredClaim(ledger, '15.00').lines;
    if (line === undefined) throw new Error('no line');
    await reserve(ledger, claim(ledger, '15.00', { lines: [line] }), people.bankB);
    const error = await refusal(ledger, () => reserve(ledger, insuredClaim(ledger, '75.01')));
    expect(error.body.lines).toMatchObject([
      { list: 'lines', line: 0, code: 'EXCEEDS_BALANCE', remaining: usd('75.00') },
    ]);
    await reserve(ledger, insuredClaim(ledger, '75.00'));
  });

  it('wins the limit for one of two simultaneous claims', async () => {
    const { ledger } = await assignedTrade({ limit: { total: usd('60.00') } });
    const endorse = () =>
      ledger.endorse('reserveClaims', people.bankA, { claims: [insuredClaim(ledger, '40.00')] });
    const [one, two] = await Promise.all([endorse(), endorse()]);
    expect([ledger.commit(one), ledger.commit(two)]).toEqual([true, false]);
    const error = await refusal(ledger, () => reserve(ledger, insuredClaim(ledger, '40.00')));
    expect(error.body.lines).toMatchObject([
      { list: 'cover', line: 0, code: 'EXCEEDS_BALANCE', remaining: usd('20.00') },
    ]);
  });

  const past = dateOf(Date.now() - day);
  const future = dateOf(Date.now() + 100 * day);
  it.each<[string, ErrorCode, Changes]>([
    [
      'an unpaid premium',
      'PREMIUM_UNPAID',
      { shipment: { shipment: { policy: 'POL-1', premiumPaid: false } } },
    ],
    [
      'a declined shipment',
      'COVER_DECLINED',
      { shipment: { shipment: { policy: 'POL-1', premiumPaid: true, declinedOn: past } } },
    ],
    ['a limit past its date', 'LIMIT_LAPSED', { limit: { limit: { policy: 'POL-1', validUntil: past } } }],
    [
      'a limit that the insurer let lapse',
      'LIMIT_LAPSED',
      { limit: { limit: { policy: 'POL-1', validUntil: future, lapsedOn: past } } },
    ],
    [
      'a policy that is over',
      'POLICY_NOT_IN_FORCE',
      { policy: { policy: { insuredShare: 80, from: '2020-01-01', to: past } } },
    ],
    [
      'a policy that has not begun',
      'POLICY_NOT_IN_FORCE',
      { policy: { policy: { insuredShare: 80, from: future, to: future } } },
    ],
    ['a policy that is not recorded', 'COVER_MISMATCH', { policy: { number: 'POL-2' } }],
    ['the policy of another exporter', 'COVER_MISMATCH', { policy: { seller: otherExporter } }],
    [
      'a shipment under another policy',
      'COVER_MISMATCH',
      { shipment: { shipment: { policy: 'POL-2', premiumPaid: true } } },
    ],
    [
      'a shipment to another buyer',
      'COVER_MISMATCH',
      { shipment: { buyer: { scheme: 'VAT', id: 'FR12345678901' } } },
    ],
    [
      'an invoice to another buyer',
      'COVER_MISMATCH',
      { invoice: { buyer: { scheme: 'VAT', id: 'FR12345678901' } } },
    ],
    ['a shipment of another trade', 'COVER_MISMATCH', { shipment: { cites: [] } }],
    ['a limit of another exporter', 'APPLICANT_MISMATCH', { shipment: { seller: otherExporter, cites: [] } }],
  ])('is refused with %s', async (_, code, changes) => {
    const { ledger } = await assignedTrade(changes);
    const error = await refusal(ledger, () => reserve(ledger, insuredClaim(ledger, '10.00')));
    expect(error.body.lines?.map((line) => line.code)).toContain(code);
  });

  it('takes an invoice that names no buyer', async () => {
    const { ledger } = await assignedTrade({ invoice: { buyer: undefined } });
    await reserve(ledger, insuredClaim(ledger, '10.00'));
  });

  it('needs limit and shipment in the same amount, and both', async () => {
    const { ledger } = await assignedTrade();
    const [limit, shipment] = insuredClaim(ledger, '10.00').cover ?? [];
    if (limit === undefined || shipment === undefined) throw new Error('no cover');
    const covered = (cover: (typeof limit)[]) => () =>
      reserve(ledger, insuredClaim(ledger, '10.00', { cover }));
    await refuses(ledger, 'COVER_SUM', covered([limit, { ...shipment, amount: usd('9.00') }]));
    await refuses(ledger, 'COVER_SUM', covered([{ ...limit, amount: usd('9.00') }, shipment]));
    await refuses(ledger, 'COVER_MISMATCH', covered([limit]));
    await refuses(ledger, 'COVER_MISMATCH', covered([shipment]));
  });

  it('is refused with a cancelled policy, and says so', async () => {
    const { ledger, policy } = await assignedTrade();
    await ledger.submit('cancelFact', people.insurer, { id: policy.id, reason: 'Ended.' });
    const error = await refusal(ledger, () => reserve(ledger, insuredClaim(ledger, '10.00')));
    expect(error.body.lines).toMatchObject([
      {
        list: 'cover',
        line: 0,
        code: 'POLICY_NOT_IN_FORCE',
        detail: 'The insurer has cancelled the policy.',
      },
    ]);
  });

  it('is the only one with cover, and has it', async () => {
    const { ledger } = await assignedTrade();
    await refuses(ledger, 'COVER_REQUIRED', () =>
      reserve(ledger, insuredClaim(ledger, '10.00', { product: 'invoice' })),
    );
    await refuses(ledger, 'COVER_REQUIRED', () =>
      reserve(ledger, insuredClaim(ledger, '10.00', { cover: undefined })),
    );
  });

  it('falls due within 180 days, extended or not', async () => {
    const { ledger } = await assignedTrade();
    const due = (days: number) => dateOf(ledger.now + days * day);
    await refuses(ledger, 'DUE_DATE_INVALID', () =>
      reserve(ledger, insuredClaim(ledger, '10.00', { dueDate: due(181) })),
    );
    const { id } = await disburse(ledger, insuredClaim(ledger, '10.00', { dueDate: due(100) }));
    const extend = (days: number) => () =>
      ledger.submit('extendClaim', people.bankA, { id, idempotencyKey: freshKey(), dueDate: due(days) });
    await refuses(ledger, 'DUE_DATE_INVALID', extend(181));
    expect((await extend(180)()).answer.dueDate).toBe(due(180));
  });

  it('is not transferred, because the insurer pays its bank and no other', async () => {
    const { ledger } = await assignedTrade();
    const { id } = await disburse(ledger, insuredClaim(ledger, '10.00'));
    await refuses(ledger, 'TRANSFER_INSURED', () =>
      ledger.submit('offerTransfer', people.bankA, { id, idempotencyKey: freshKey(), to: 'BankBMSP' }),
    );
  });
});

describe('repaying an insured claim', () => {
  async function loan() {
    const trade = await assignedTrade();
    const { id } = await disburse(trade.ledger, insuredClaim(trade.ledger, '60.00'));
    const repay = (
      amount: string,
      source: 'proceeds' | 'own-funds' | 'indemnity',
      more: Partial<Input<'repayClaim'>> = {},
    ) =>
      trade.ledger.submit('repayClaim', people.bankA, {
        id,
        idempotencyKey: freshKey(),
        amount: usd(amount),
        source,
        ...more,
      });
    const left = async () => [
      await remainingOf(trade.ledger, trade.limit),
      await remainingOf(trade.ledger, trade.shipment),
      await remainingOf(trade.ledger, trade.invoice),
    ];
    return { ...trade, repay, left };
  }

  it('from the proceeds gives the limit back in proportion, and uses up shipment and invoice', async () => {
    const { repay, left } = await loan();
    expect(await left()).toEqual(['140.00', '40.00', '40.00']);
    const { answer } = await repay('20.00', 'proceeds');
    expect(answer.cover).toMatchObject([{ outstanding: usd('40.00') }, { outstanding: usd('40.00') }]);
    expect(await left()).toEqual(['160.00', '40.00', '40.00']);
    await repay('40.00', 'proceeds');
    expect(await left()).toEqual(['200.00', '40.00', '40.00']);
  });

  it('from own funds gives everything back', async () => {
    const { repay, left } = await loan();
    await repay('60.00', 'own-funds');
    expect(await left()).toEqual(['200.00', '100.00', '100.00']);
  });

  it('by an indemnity uses everything up, the limit too', async () => {
    const { ledger, limit, repay, left } = await loan();
    const confirmed = await ledger.submit('confirmIndemnity', people.insurerApprover, {
      idempotencyKey: freshKey(),
      bank: 'BankAMSP',
      policy: limit.limit?.policy ?? '',
      buyer: { scheme: limit.buyer?.scheme ?? 'VAT', id: limit.buyer?.id ?? '' },
      amount: usd('60.00'),
      paidOn: dateOf(ledger.now),
    });
    const indemnity = confirmed.answer.id;
    // The word of an officer uses up no limit.
    await refuses(ledger, 'INDEMNITY_REQUIRED', () => repay('60.00', 'indemnity'));
    await refuses(ledger, 'INDEMNITY_REQUIRED', () => repay('60.00', 'proceeds', { indemnity }));
    expect(await left()).toEqual(['140.00', '40.00', '40.00']);
    const { answer } = await repay('60.00', 'indemnity', { indemnity });
    expect(answer).toMatchObject({ state: 'settled', repayments: [{ source: 'indemnity', indemnity }] });
    expect(await left()).toEqual(['140.00', '40.00', '40.00']);
  });

  it('by an indemnity needs an insured claim', async () => {
    const { ledger } = await assignedTrade();
    const [line] = insuredClaim(ledger, '5.00').lines;
    if (line === undefined) throw new Error('no line');
    const { id } = await disburse(ledger, claim(ledger, '5.00', { lines: [line] }));
    await refuses(ledger, 'COVER_REQUIRED', () =>
      ledger.submit('repayClaim', people.bankA, {
        id,
        idempotencyKey: freshKey(),
        amount: usd('5.00'),
        source: 'indemnity',
      }),
    );
  });
});

describe('the documents of an insurer', () => {
  it('name the buyer, a policy in order, and its number in one spelling', async () => {
    const { ledger, limit, policy } = await insuredTrade();
    expect(limit.limit?.policy).toBe(policy.number);
    const base = { ...limitInput(), number: 'LIM-9' };
    await refuses(ledger, 'FIELD_REQUIRED', () => record(ledger, { ...base, buyer: undefined }));
    const turned = { insuredShare: 80, from: '2026-02-01', to: '2026-01-01' };
    await refuses(ledger, 'DATE_INVALID', () =>
      record(ledger, {
        ...base,
        type: 'insurance-policy',
        total: undefined,
        limit: undefined,
        policy: turned,
      }),
    );
  });
});

function limitInput() {
  return {
    type: 'buyer-limit',
    number: 'LIM-1',
    date: '2026-01-01',
    seller: { scheme: 'USCC', id: people.exporter.uscc },
    buyer,
    total: usd('10.00'),
    limit: { policy: 'POL-1', validUntil: '2099-01-01' },
  } as const;
}
