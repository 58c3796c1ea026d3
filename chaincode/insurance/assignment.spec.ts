import { limits } from '../api.js';
import type { Person } from '../testing/fake-ledger.js';
import { assign, insuredClaim, insuredTrade } from '../testing/insured-trade.js';
import { disburse, freshKey, people, record, refusal, refuses, reserve, usd } from '../testing/story.js';

const proposal = (more: object = {}) => ({
  idempotencyKey: freshKey(),
  bank: 'BankAMSP',
  limit: 'LIM-1',
  ...more,
});

describe('an assignment of proceeds', () => {
  it('is proposed by the exporter and confirmed by the insurer, with a copy for each party', async () => {
    const { ledger } = await insuredTrade();
    const { answer, writes } = await ledger.submit('proposeAssignment', people.exporter, proposal());
    expect(answer).toMatchObject({ state: 'proposed', bank: 'BankAMSP', policy: 'POL1', limit: 'LIM1' });
    const keys = [...writes.keys()].map((key) => key.replace(/[0-9a-f]{64}/, '#')).sort();
    expect(keys).toEqual([
      'BankAMSP/AG~#~1',
      'EnterpriseMSP/AG~#~1',
      'InsurerMSP/AG~#~1',
      'public/assignment~#',
    ]);
    const confirmed = await ledger.submit('confirmAssignment', people.insurerApprover, { id: answer.id });
    expect(confirmed.answer).toMatchObject({ state: 'live', seq: 2 });
    const again = await ledger.submit('confirmAssignment', people.insurerApprover, { id: answer.id });
    expect([again.answer, again.writes.size]).toEqual([confirmed.answer, 0]);
  });

  it('is needed before an insured claim, and by that bank', async () => {
    const { ledger } = await insuredTrade();
    const attempt = (person: Person) => () => reserve(ledger, insuredClaim(ledger, '10.00'), person);
    await refuses(ledger, 'NOT_ASSIGNEE', attempt(people.bankA));
    const { answer } = await ledger.submit('proposeAssignment', people.exporter, proposal());
    await refuses(ledger, 'NOT_ASSIGNEE', attempt(people.bankA));
    await ledger.submit('confirmAssignment', people.insurerApprover, { id: answer.id });
    const error = await refusal(ledger, attempt(people.bankB));
    expect(error.body.lines).toMatchObject([{ list: 'cover', line: 0, code: 'NOT_ASSIGNEE' }]);
    await attempt(people.bankA)();
  });

  it('has one live assignee per policy and buyer, whatever the limit', async () => {
    const { ledger, limit } = await insuredTrade();
    await assign(ledger);
    const second = await ledger.submit('proposeAssignment', people.exporter, proposal({ bank: 'BankBMSP' }));
    await refuses(ledger, 'ALREADY_ASSIGNED', () =>
      ledger.submit('confirmAssignment', people.insurerApprover, { id: second.answer.id }),
    );
    await record(ledger, {
      type: 'buyer-limit',
      number: 'LIM-2',
      date: limit.date,
      seller: limit.seller,
      buyer: limit.buyer,
      total: usd('50.00'),
      limit: limit.limit,
    });
    const other = await ledger.submit('proposeAssignment', people.exporter, proposal({ limit: 'LIM-2' }));
    await refuses(ledger, 'ALREADY_ASSIGNED', () =>
      ledger.submit('confirmAssignment', people.insurerApprover, { id: other.answer.id }),
    );
    const cover = insuredClaim(ledger, '10.00').cover?.map((line) => ({
      ...line,
      document: line.document.type === 'buyer-limit' ? { ...line.document, number: 'LIM-2' } : line.document,
    }));
    await refuses(ledger, 'NOT_ASSIGNEE', () => reserve(ledger, insuredClaim(ledger, '10.00', { cover })));
  });

  it('is confirmed for one of two banks when the insurer confirms both at once', async () => {
    const { ledger } = await insuredTrade();
    const ids = [];
    for (const bank of ['BankAMSP', 'BankBMSP']) {
      ids.push((await ledger.submit('proposeAssignment', people.exporter, proposal({ bank }))).answer.id);
    }
    const race = await Promise.all(
      ids.map((id) => ledger.endorse('confirmAssignment', people.insurerApprover, { id })),
    );
    expect(race.map((endorsement) => ledger.commit(endorsement))).toEqual([true, false]);
  });

  it('ends only after the last loan, and then another bank may follow', async () => {
    const { ledger } = await insuredTrade();
    const { id } = await assign(ledger);
    const lent = await disburse(ledger, insuredClaim(ledger, '10.00'));
    for (const person of [people.exporter, people.insurer, people.bankA]) {
      await refuses(ledger, 'ASSIGNMENT_IN_USE', () => ledger.submit('releaseAssignment', person, { id }));
    }
    await ledger.submit('repayClaim', people.bankA, {
      id: lent.id,
      idempotencyKey: freshKey(),
      amount: usd('10.00'),
      source: 'proceeds',
    });
    const { answer } = await ledger.submit('releaseAssignment', people.exporter, {
      id,
      reason: 'Other bank',
    });
    expect(answer).toMatchObject({ state: 'released', reason: 'Other bank' });
    await refuses(ledger, 'NOT_ASSIGNEE', () => reserve(ledger, insuredClaim(ledger, '10.00')));
    await refuses(ledger, 'INVALID_STATE', () =>
      ledger.submit('confirmAssignment', people.insurerApprover, { id }),
    );
    await assign(ledger, 'BankBMSP');
    await reserve(ledger, insuredClaim(ledger, '10.00'), people.bankB);
  });

  it('is not kept by a claim that is never paid out: the bank is told, and does not pay it out any more', async () => {
    const { ledger } = await insuredTrade();
    const { id } = await assign(ledger);
    const reserved = await reserve(ledger, insuredClaim(ledger, '0.01'));
    const accepted = await reserve(ledger, insuredClaim(ledger, '0.01'));
    const acceptance = (claim: string) => ({ id: claim, idempotencyKey: freshKey() });
    await ledger.submit('acceptClaim', people.approverA, acceptance(accepted.id));
    const { event } = await ledger.submit('releaseAssignment', people.exporter, { id });
    expect(event?.alerts).toMatchObject([{ alert: 'assignment-released' }]);
    expect([...(event?.alerts[0]?.claims ?? [])].sort()).toEqual([reserved.id, accepted.id].sort());
    await refuses(ledger, 'NOT_ASSIGNEE', () =>
      ledger.submit('acceptClaim', people.approverA, acceptance(reserved.id)),
    );
    await assign(ledger, 'BankBMSP');
  });

  it('cannot be released while a claim is being made on it', async () => {
    const { ledger } = await insuredTrade();
    const { id } = await assign(ledger);
    const [claim, release] = await Promise.all([
      ledger.endorse('reserveClaims', people.bankA, { claims: [insuredClaim(ledger, '10.00')] }),
      ledger.endorse('releaseAssignment', people.exporter, { id }),
    ]);
    expect([ledger.commit(claim), ledger.commit(release)]).toEqual([true, false]);
  });

  it('is nobody else’s to see or change', async () => {
    const { ledger } = await insuredTrade();
    const { id } = await assign(ledger);
    for (const person of [people.bankB, people.otherExporter]) {
      await refuses(ledger, 'ASSIGNMENT_NOT_FOUND', () => ledger.submit('releaseAssignment', person, { id }));
    }
    await refuses(ledger, 'FACT_NOT_FOUND', () =>
      ledger.submit('proposeAssignment', people.otherExporter, proposal()),
    );
    await refuses(ledger, 'FACT_NOT_FOUND', () =>
      ledger.submit('proposeAssignment', people.exporter, proposal({ limit: 'LIM-7' })),
    );
    await refuses(ledger, 'BANK_INVALID', () =>
      ledger.submit('proposeAssignment', people.exporter, proposal({ bank: 'CustomsMSP' })),
    );
    await refuses(ledger, 'PERMISSION_DENIED', () =>
      ledger.submit('confirmAssignment', people.insurer, { id }),
    );
    await refuses(ledger, 'WRONG_ORGANISATION', () =>
      ledger.submit('confirmAssignment', people.approverA, { id }),
    );
  });

  it('is the same for the same key, and another request under it is refused', async () => {
    const { ledger } = await insuredTrade();
    const input = proposal();
    const first = await ledger.submit('proposeAssignment', people.exporter, input);
    await ledger.submit('confirmAssignment', people.insurerApprover, { id: first.answer.id });
    const again = await ledger.submit('proposeAssignment', people.exporter, input);
    expect([again.answer.state, again.writes.size]).toEqual(['live', 0]);
    await refuses(ledger, 'IDEMPOTENCY_KEY_REUSED', () =>
      ledger.submit('proposeAssignment', people.exporter, { ...input, bank: 'BankBMSP' }),
    );
  });
});

describe('the assignments of one policy', () => {
  it('are limited, and a released one makes room', async () => {
    const { ledger, limit } = await insuredTrade();
    const { date, seller, total } = limit;
    const assignLimit = async (index: number) => {
      const number = `LIM-X${index}`;
      await record(ledger, {
        type: 'buyer-limit',
        number,
        date,
        seller,
        buyer: { scheme: 'LEGAL', id: `BUYER${index}` },
        total,
        limit: { policy: 'POL-1', validUntil: '2099-01-01' },
      });
      return assign(ledger, 'BankAMSP', number);
    };
    const first = await assign(ledger);
    for (let index = 1; index < limits.assignmentsPerPolicy; index++) await assignLimit(index);
    await expect(assignLimit(limits.assignmentsPerPolicy)).rejects.toMatchObject({
      code: 'TOO_MANY_ASSIGNMENTS',
    });
    await ledger.submit('releaseAssignment', people.exporter, { id: first.id });
    await assignLimit(limits.assignmentsPerPolicy + 1);
  });
});

describe('the use of a limit', () => {
  it('is shown to its insurer by bank, and to nobody else', async () => {
    const { ledger, limit, invoice } = await insuredTrade();
    await assign(ledger);
    await reserve(ledger, insuredClaim(ledger, '10.00'));
    await reserve(ledger, insuredClaim(ledger, '20.00'));
    const { answer } = await ledger.endorse('readCoverUse', people.insurer, { id: limit.id });
    expect(answer).toEqual({
      fact: limit.id,
      total: usd('200.00'),
      inUse: usd('30.00'),
      consumed: usd('0.00'),
      remaining: usd('170.00'),
      banks: [{ bank: 'BankAMSP', inUse: usd('30.00'), claims: 2 }],
    });
    await refuses(ledger, 'WRONG_ORGANISATION', () =>
      ledger.endorse('readCoverUse', people.bankA, { id: limit.id }),
    );
    const fact = await record(ledger, { ...invoice, number: 'INV-2' });
    await refuses(ledger, 'FACT_NOT_FOUND', () =>
      ledger.endorse('readCoverUse', people.insurer, { id: fact.id }),
    );
    await refuses(ledger, 'FACT_NOT_FOUND', () =>
      ledger.endorse('readCoverUse', people.regulator, { id: fact.id }),
    );
  });
});
