import type { FakeLedger } from '../testing/fake-ledger.js';
import { admit, memberOf } from '../testing/further-members.js';
import { assign, buyer, insuredClaim, insuredTrade } from '../testing/insured-trade.js';
import { day, exporter, freshKey, people, record, refusal, refuses, reserve, usd } from '../testing/story.js';
import { dateOf } from '../rules/dates.js';

const officer = memberOf('MutualMSP', 'officer');
const approver = memberOf('MutualMSP', 'approver');
const of = (id: string) => ({ issuer: { scheme: 'MSP' as const, id } });

/** The trade of one insurer, and a second one that has given policy and limit of the same numbers to the same exporter. */
async function twoInsurers(): Promise<FakeLedger> {
  const { ledger } = await insuredTrade();
  await admit(ledger, 'MutualMSP', 'insurer');
  const date = dateOf(ledger.now);
  const [from, to] = [dateOf(ledger.now - 100 * day), dateOf(ledger.now + 200 * day)];
  const seller = exporter;
  await record(
    ledger,
    { type: 'insurance-policy', number: 'POL-1', date, seller, policy: { insuredShare: 80, from, to } },
    officer,
  );
  const limit = { policy: 'POL-1', validUntil: to };
  await record(
    ledger,
    { type: 'buyer-limit', number: 'LIM-1', date, seller, buyer, total: usd('30.00'), limit },
    officer,
  );
  return ledger;
}

const propose = (ledger: FakeLedger, more: object) =>
  ledger.submit('proposeAssignment', people.exporter, {
    idempotencyKey: freshKey(),
    bank: 'BankAMSP',
    limit: 'LIM-1',
    ...more,
  });

describe('two insurers with policy and limit of the same numbers', () => {
  it('each confirm the assignment that names them, to banks of their own', async () => {
    const ledger = await twoInsurers();
    const unclear = await refusal(ledger, () => propose(ledger, {}));
    expect([unclear.code, unclear.body.field]).toEqual(['ISSUER_REQUIRED', 'insurer']);
    const one = (await propose(ledger, { insurer: 'InsurerMSP' })).answer;
    const other = (await propose(ledger, { insurer: 'MutualMSP', bank: 'BankBMSP' })).answer;
    expect([one.insurer, other.insurer]).toEqual(['InsurerMSP', 'MutualMSP']);
    await refuses(ledger, 'ASSIGNMENT_NOT_FOUND', () =>
      ledger.submit('confirmAssignment', approver, { id: one.id }),
    );
    for (const [person, { id }] of [
      [people.insurerApprover, one],
      [approver, other],
    ] as const) {
      expect((await ledger.submit('confirmAssignment', person, { id })).answer.state).toBe('live');
    }
  });

  it('do not lend each other their cover: a shipment of one rests on no limit of the other', async () => {
    const ledger = await twoInsurers();
    const { id } = (await propose(ledger, { insurer: 'MutualMSP' })).answer;
    await ledger.submit('confirmAssignment', approver, { id });
    const [limit, shipment] = insuredClaim(ledger, '10.00').cover ?? [];
    if (limit === undefined || shipment === undefined) throw new Error('no cover');
    const claimWith = (insurer: string) =>
      insuredClaim(ledger, '10.00', {
        cover: [{ ...limit, document: { ...limit.document, ...of(insurer) } }, shipment],
      });
    await refuses(ledger, 'COVER_MISMATCH', () => reserve(ledger, claimWith('MutualMSP')));
    await refuses(ledger, 'NOT_ASSIGNEE', () => reserve(ledger, claimWith('InsurerMSP')));
    const first = (await propose(ledger, { insurer: 'InsurerMSP' })).answer;
    await ledger.submit('confirmAssignment', people.insurerApprover, { id: first.id });
    await reserve(ledger, claimWith('InsurerMSP'));
  });

  it('pay what they insured: neither confirms an indemnity under the assignment of the other', async () => {
    const ledger = await twoInsurers();
    const { id } = (await propose(ledger, { insurer: 'MutualMSP' })).answer;
    await ledger.submit('confirmAssignment', approver, { id });
    const paid = () => ({
      idempotencyKey: freshKey(),
      bank: 'BankAMSP',
      policy: 'POL-1',
      buyer,
      amount: usd('5.00'),
      paidOn: dateOf(ledger.now),
    });
    await refuses(ledger, 'NOT_ASSIGNEE', () =>
      ledger.submit('confirmIndemnity', people.insurerApprover, paid()),
    );
    const { answer } = await ledger.submit('confirmIndemnity', approver, paid());
    expect([answer.insurer, answer.limit]).toEqual(['MutualMSP', 'LIM1']);
  });

  it('end their own policy: the banks of the other are told nothing', async () => {
    const { ledger, policy } = await insuredTrade();
    await assign(ledger);
    const { id: claim } = await reserve(ledger, insuredClaim(ledger, '10.00'));
    await admit(ledger, 'MutualMSP', 'insurer');
    const { content: _content, ...own } = { content: undefined, ...policy };
    const second = await record(
      ledger,
      { type: 'insurance-policy', number: 'POL-1', date: own.date, seller: exporter, policy: own.policy },
      officer,
    );
    const ended = await ledger.submit('cancelFact', officer, { id: second.id, reason: 'Ended' });
    expect(ended.event?.alerts).toEqual([{ alert: 'policy-cancelled', facts: [second.id] }]);
    const told = await ledger.submit('cancelFact', people.insurer, { id: policy.id, reason: 'Ended' });
    expect(told.event?.alerts).toMatchObject([{ alert: 'policy-cancelled', claims: [claim] }]);
  });
});
