import type { FactInput, LedgerEvent, PartyId } from '../api.js';
import { dateOf } from '../rules/dates.js';
import { assign, assignedTrade, insuredClaim, type InsuredTrade } from '../testing/insured-trade.js';
import { day, disburse, people, record, refuses, reserve, usd } from '../testing/story.js';

describe('the end of cover', () => {
  it.each([
    [
      'limit',
      'limit-lapsed',
      { limit: { policy: 'POL-1', validUntil: '2099-01-01', lapsedOn: '2026-01-01' } },
    ],
    [
      'shipment',
      'cover-declined',
      { shipment: { policy: 'POL-1', premiumPaid: true, declinedOn: '2026-01-01' } },
    ],
  ] as const)('of a %s alerts every holder once, and refuses new claims', async (which, alert, changes) => {
    const trade = await assignedTrade();
    const { ledger } = trade;
    const { id } = await reserve(ledger, insuredClaim(ledger, '10.00'));
    const fact = trade[which].id;
    const amend = (more: object) =>
      ledger.submit('amendFact', people.insurer, { id: fact, changes: { ...changes, ...more }, reason: 'r' });
    const { event } = await amend({});
    expect(event?.alerts).toEqual([{ alert, facts: [fact], claims: [id] }]);
    expect((await amend({ details: { note: 'n' } })).event?.alerts).toEqual([]);
    const code = which === 'limit' ? 'LIMIT_LAPSED' : 'COVER_DECLINED';
    await refuses(ledger, code, () => reserve(ledger, insuredClaim(ledger, '10.00')));
    const { answer } = await ledger.endorse('verifyDocument', people.bankA, {
      document: { type: trade[which].type, number: trade[which].number },
      particulars: { enterprise: { scheme: 'USCC', id: people.exporter.uscc }, total: trade[which].total },
    });
    expect(answer.warnings).toEqual([{ warning: 'not-covered', code }]);
  });

  const policyCut = (more: object) => ({
    policy: {
      insuredShare: 80,
      from: dateOf(Date.now() - 100 * day),
      to: dateOf(Date.now() + 200 * day),
      ...more,
    },
  });

  it.each<[string, LedgerEvent['alerts'][number]['alert'], 'policy' | 'limit' | 'shipment', object]>([
    [
      'a premium unpaid after all',
      'premium-unpaid',
      'shipment',
      { shipment: { policy: 'POL-1', premiumPaid: false } },
    ],
    [
      'an earlier end of the limit',
      'limit-lapsed',
      'limit',
      { limit: { policy: 'POL-1', validUntil: '2026-12-01' } },
    ],
    [
      'another policy for the limit',
      'limit-lapsed',
      'limit',
      { limit: { policy: 'POL-2', validUntil: '2099-01-01' } },
    ],
    [
      'another buyer for the limit',
      'limit-lapsed',
      'limit',
      { buyer: { scheme: 'VAT', id: 'FR12345678901' } },
    ],
    [
      'another buyer for the shipment',
      'cover-declined',
      'shipment',
      { buyer: { scheme: 'VAT', id: 'FR12345678901' } },
    ],
    ['an earlier end of the policy', 'policy-reduced', 'policy', policyCut({ to: dateOf(Date.now() + day) })],
    ['a later beginning of the policy', 'policy-reduced', 'policy', policyCut({ from: dateOf(Date.now()) })],
    ['a lower insured share', 'policy-reduced', 'policy', policyCut({ insuredShare: 79 })],
  ])('by %s alerts every holder once', async (_, alert, which, changes) => {
    const trade = await assignedTrade();
    const { ledger } = trade;
    const { id } = await disburse(ledger, insuredClaim(ledger, '10.00'));
    const amend = (more: object) =>
      ledger.submit('amendFact', people.insurer, {
        id: trade[which].id,
        changes: { ...changes, ...more },
        reason: 'r',
      });
    expect((await amend({})).event?.alerts).toEqual([{ alert, facts: [trade[which].id], claims: [id] }]);
    expect((await amend({ details: { note: 'n' } })).event?.alerts).toEqual([]);
  });

  it('alerts nobody when the policy is extended', async () => {
    const { ledger, policy } = await assignedTrade();
    await reserve(ledger, insuredClaim(ledger, '10.00'));
    const { event } = await ledger.submit('amendFact', people.insurer, {
      id: policy.id,
      changes: policyCut({ to: dateOf(Date.now() + 300 * day), insuredShare: 90 }),
      reason: 'r',
    });
    expect(event?.alerts).toEqual([]);
  });

  it.each<['policy' | 'limit' | 'shipment', readonly string[]]>([
    ['policy', ['policy-cancelled']],
    ['limit', ['overdrawn', 'limit-lapsed']],
    ['shipment', ['overdrawn', 'cover-declined']],
  ])('by cancelling the %s alerts every holder', async (which, alerts) => {
    const trade = await assignedTrade();
    const { ledger } = trade;
    const { id } = await reserve(ledger, insuredClaim(ledger, '10.00'));
    const { event } = await ledger.submit('cancelFact', people.insurer, { id: trade[which].id, reason: 'r' });
    expect(event?.alerts.map((one) => [one.alert, one.claims])).toEqual(alerts.map((alert) => [alert, [id]]));
  });

  it('of a policy reaches the claims under every limit that is assigned, and under no other policy', async () => {
    const trade = await assignedTrade();
    const { ledger, policy } = trade;
    const others = [
      { buyer: { scheme: 'VAT', id: 'FR12345678901' }, policy: 'POL-1', suffix: '2' },
      { buyer: { scheme: 'VAT', id: 'IT12345678901' }, policy: 'POL-9', suffix: '3' },
    ] as const;
    await record(ledger, { ...policyInput(policy), number: 'POL-9' });
    const ids = [(await reserve(ledger, insuredClaim(ledger, '10.00'))).id];
    for (const other of others) ids.push(await claimUnder(trade, other));
    const { event } = await ledger.submit('cancelFact', people.insurer, { id: policy.id, reason: 'r' });
    const [alert] = event?.alerts ?? [];
    expect(alert).toMatchObject({ alert: 'policy-cancelled', facts: [policy.id] });
    expect([...(alert?.claims ?? [])].sort()).toEqual(ids.slice(0, 2).sort());
  });

  it('by lowering the limit below its use leaves it overdrawn', async () => {
    const { ledger, limit } = await assignedTrade();
    await reserve(ledger, insuredClaim(ledger, '50.00'));
    const { event } = await ledger.submit('amendFact', people.insurer, {
      id: limit.id,
      changes: { total: usd('20.00') },
      reason: 'r',
    });
    expect(event?.alerts).toMatchObject([{ alert: 'overdrawn' }]);
    await refuses(ledger, 'UNDERLYING_OVERDRAWN', () => reserve(ledger, insuredClaim(ledger, '1.00')));
  });
});

/** What was recorded of a policy, to be recorded again. */
function policyInput({ type, number, date, seller, policy }: FactInput): FactInput {
  return { type, number, date, seller, policy };
}

/** A further trade with another buyer, and a claim of 10 on it. */
async function claimUnder(
  { ledger, invoice, shipment }: InsuredTrade,
  { buyer, policy, suffix }: { readonly buyer: PartyId; readonly policy: string; readonly suffix: string },
): Promise<string> {
  const [limit, sale, shipped] = ['LIM', 'INV', 'SHP'].map((prefix) => `${prefix}-${suffix}`) as [
    string,
    string,
    string,
  ];
  const { date, seller } = invoice;
  const base = { date, seller, buyer, total: usd('100.00') };
  await record(ledger, {
    ...base,
    type: 'buyer-limit',
    number: limit,
    limit: { policy, validUntil: dateOf(ledger.now + 100 * day) },
  });
  await record(ledger, { ...base, type: 'tax-invoice', number: sale });
  const issuer = { scheme: seller.scheme, id: seller.id };
  await record(ledger, {
    ...base,
    type: shipment.type,
    number: shipped,
    shipment: { policy, premiumPaid: true },
    cites: [{ type: 'tax-invoice', number: sale, issuer }],
  });
  await assign(ledger, 'BankAMSP', limit);
  const amount = usd('10.00');
  const claimed = insuredClaim(ledger, '10.00', {
    lines: [{ document: { type: 'tax-invoice', number: sale }, amount }],
    cover: [
      { document: { type: 'buyer-limit', number: limit }, amount },
      { document: { type: 'declared-shipment', number: shipped }, amount },
    ],
  });
  return (await reserve(ledger, claimed)).id;
}
