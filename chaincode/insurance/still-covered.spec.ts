import type { ErrorCode } from '../errors.js';
import { dateOf } from '../rules/dates.js';
import { assignedTrade, insuredClaim } from '../testing/insured-trade.js';
import { day, freshKey, people, refusal, refuses, reserve } from '../testing/story.js';

describe('accepting an insured claim', () => {
  const past = dateOf(Date.now() - day);
  const future = dateOf(Date.now() + 100 * day);
  type Which = 'policy' | 'limit' | 'shipment';

  it.each<[string, ErrorCode, Which, object]>([
    [
      'the premium is unpaid',
      'PREMIUM_UNPAID',
      'shipment',
      { shipment: { policy: 'POL-1', premiumPaid: false } },
    ],
    [
      'the shipment is declined',
      'COVER_DECLINED',
      'shipment',
      { shipment: { policy: 'POL-1', premiumPaid: true, declinedOn: past } },
    ],
    [
      'the limit has lapsed',
      'LIMIT_LAPSED',
      'limit',
      { limit: { policy: 'POL-1', validUntil: future, lapsedOn: past } },
    ],
    [
      'the policy is over',
      'POLICY_NOT_IN_FORCE',
      'policy',
      { policy: { insuredShare: 80, from: '2020-01-01', to: past } },
    ],
  ])('is refused once %s, and goes on when that is put right', async (_, code, which, changes) => {
    const trade = await assignedTrade();
    const { ledger } = trade;
    const { id } = await reserve(ledger, insuredClaim(ledger, '10.00'));
    const amend = (to: object) =>
      ledger.submit('amendFact', people.insurer, { id: trade[which].id, changes: to, reason: 'r' });
    const accept = () => ledger.submit('acceptClaim', people.approverA, { id, idempotencyKey: freshKey() });
    await amend(changes);
    const error = await refusal(ledger, accept);
    expect(error.code).toBe(code);
    expect(error.body.lines?.[0]).toMatchObject({ list: 'cover', line: which === 'shipment' ? 1 : 0, code });
    const { policy, limit, shipment } = trade[which];
    await amend({ policy, limit, shipment });
    expect((await accept()).answer.state).toBe('accepted');
  });

  it.each<[Which, ErrorCode]>([
    ['limit', 'FACT_CANCELLED'],
    ['shipment', 'FACT_CANCELLED'],
    ['policy', 'POLICY_NOT_IN_FORCE'],
  ])('is refused once the %s is cancelled', async (which, code) => {
    const trade = await assignedTrade();
    const { ledger } = trade;
    const { id } = await reserve(ledger, insuredClaim(ledger, '10.00'));
    await ledger.submit('cancelFact', people.insurer, { id: trade[which].id, reason: 'r' });
    await refuses(ledger, code, () =>
      ledger.submit('acceptClaim', people.approverA, { id, idempotencyKey: freshKey() }),
    );
  });

  it('does not commit beside the end of its policy', async () => {
    const { ledger, policy } = await assignedTrade();
    const { id } = await reserve(ledger, insuredClaim(ledger, '10.00'));
    const accepted = await ledger.endorse('acceptClaim', people.approverA, {
      id,
      idempotencyKey: freshKey(),
    });
    await ledger.submit('cancelFact', people.insurer, { id: policy.id, reason: 'r' });
    expect(ledger.commit(accepted)).toBe(false);
  });
});
