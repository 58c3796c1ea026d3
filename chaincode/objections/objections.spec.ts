import type { Input } from '../api.js';
import { joined } from '../rules/trades.js';
import type { FakeLedger, Person } from '../testing/fake-ledger.js';
import { buyer, insuredTrade } from '../testing/insured-trade.js';
import { actsOn } from '../testing/loan.js';
import {
  claim,
  declaration,
  disburse,
  exporter,
  freshKey,
  openLedger,
  otherExporter,
  people,
  record,
  refusal,
  refuses,
  remainingOf,
  reserve,
} from '../testing/story.js';

const reason = 'The goods of this declaration were never shipped.';
const { regulatorApprover } = people;

/** A loan of bank A of 60.00 on a declaration of 100.00, and what people say about it. */
async function lent() {
  const ledger = await openLedger();
  await record(ledger, declaration());
  const loan = await disburse(ledger, claim(ledger, '60.00'));
  return { ledger, loan, ...saying(ledger) };
}

function saying(ledger: FakeLedger) {
  const objection = (more: object = {}): Input<'raiseObjection'> => ({
    idempotencyKey: freshKey(),
    document: { type: 'customs-declaration', number: declaration().number },
    enterprise: exporter,
    reason,
    ...more,
  });
  const command = (id: string) => ({ id, idempotencyKey: freshKey() });
  return {
    objection,
    raise: (person: Person, more: object = {}) => ledger.submit('raiseObjection', person, objection(more)),
    answer: (id: string, person: Person = people.bankA) =>
      ledger.submit('answerObjection', person, { ...command(id), text: 'The bill of lading is here.' }),
    decide: (id: string, outcome: Input<'decideObjection'>['outcome'], person: Person = regulatorApprover) =>
      ledger.submit('decideObjection', person, { ...command(id), outcome, reason: 'Looked into.' }),
    withdraw: (id: string, person: Person) =>
      ledger.submit('withdrawObjection', person, { ...command(id), reason: 'Settled.' }),
  };
}

describe('an objection', () => {
  it('of the exporter goes to the bank that holds a claim, which is told, and changes no balance', async () => {
    const { ledger, loan, objection } = await lent();
    const input = objection({ evidence: 'ab'.repeat(32) });
    const { answer, writes, event } = await ledger.submit('raiseObjection', people.exporter, input);
    expect(answer).toMatchObject({ state: 'open', raisedBy: 'enterprise', reason, answers: [] });
    // Who holds is the regulator's to know.
    expect(answer.holders).toBeUndefined();
    expect([...writes.keys()].map((key) => key.replace(/[0-9a-f]{64}/, '#')).sort()).toEqual([
      'BankAMSP/OJ~#~1',
      'EnterpriseMSP/OJ~#~1',
      'public/objection~#',
      'registry/OJ~#~1',
    ]);
    expect(event?.alerts).toEqual([{ alert: 'objection-raised', claims: [loan.id] }]);
    expect(await remainingOf(ledger, declaration())).toBe('40.00');
    const again = await ledger.submit('raiseObjection', people.exporter, input);
    expect([again.answer, again.writes.size]).toEqual([answer, 0]);
    await refuses(ledger, 'IDEMPOTENCY_KEY_REUSED', () =>
      ledger.submit('raiseObjection', people.exporter, { ...input, reason: 'Another.' }),
    );
  });

  it('is raised by parties to the trade, and to anybody else there is no such document', async () => {
    const { ledger, raise, objection } = await lent();
    for (const person of [people.otherExporter, people.bankB, people.insurer, people.tax, people.carrier]) {
      await refuses(ledger, 'FACT_NOT_FOUND', () => raise(person));
    }
    await refuses(ledger, 'FACT_NOT_FOUND', () =>
      raise(people.exporter, { document: { type: 'customs-declaration', number: '310120260516789099' } }),
    );
    await refuses(ledger, 'WRONG_ORGANISATION', () => raise(people.regulator));
    expect((await raise(people.customs)).answer.raisedBy).toBe('customs');
    // A bank that has verified the document seeks a claim; one that holds one need not.
    const { answer: verified } = await ledger.endorse('verifyDocument', people.bankB, {
      document: objection().document,
      particulars: { enterprise: exporter, total: declaration().total },
    });
    expect((await raise(people.bankB, { verified: [verified.proof] })).answer).toMatchObject({
      raisedBy: 'bank',
      objector: 'BankBMSP',
    });
    expect((await raise(people.bankA)).answer.state).toBe('open');
  });

  it('of a bank names neither bank to the other, in whatever is written for it', async () => {
    const { ledger, raise, answer } = await lent();
    await reserve(ledger, claim(ledger, '10.00'), people.bankB);
    const raised = await raise(people.bankB);
    expect(raised.writes.get(`BankAMSP/OJ~${raised.answer.id}~1`)).not.toContain('BankB');
    expect(raised.writes.get(`BankBMSP/OJ~${raised.answer.id}~1`)).not.toContain('BankA');
    const answered = await answer(raised.answer.id);
    expect(answered.answer.objector).toBeUndefined();
    const copy = answered.writes.get(`BankBMSP/OJ~${raised.answer.id}~2`) ?? '';
    expect(copy).toContain('The bill of lading is here.');
    expect(copy).not.toContain('BankA');
    expect(answered.writes.get(`registry/OJ~${raised.answer.id}~2`)).toContain('BankAMSP');
  });

  it('of others is told to the exporter whose trade it is, with the answers and not with the bank that objects', async () => {
    const { ledger, raise, answer, withdraw } = await lent();
    await reserve(ledger, claim(ledger, '10.00'), people.bankB);
    const raised = await raise(people.bankB);
    const { id } = raised.answer;
    const copy = raised.writes.get(`EnterpriseMSP/OJ~${id}~1`) ?? '';
    expect(copy).toContain('"raisedBy":"bank"');
    expect(copy).not.toMatch(/BankBMSP|"id":"officer"/);
    const answered = await answer(id);
    expect(answered.writes.get(`EnterpriseMSP/OJ~${id}~2`)).toContain('The bill of lading is here.');
    await refuses(ledger, 'OBJECTION_NOT_FOUND', () => withdraw(id, people.exporter));
    await refuses(ledger, 'OBJECTION_NOT_FOUND', () => withdraw(id, people.otherExporter));
  });

  it('is answered by holders, decided by the regulator, and by nobody about themselves', async () => {
    const { ledger, raise, answer, decide, withdraw } = await lent();
    const { id } = (await raise(people.exporter)).answer;
    await refuses(ledger, 'OBJECTION_NOT_FOUND', () => answer(id, people.bankB));
    for (const person of [people.approverA, { ...people.exporter, role: 'approver' }]) {
      await refuses(ledger, 'WRONG_ORGANISATION', () => decide(id, 'dismiss', person));
    }
    await refuses(ledger, 'PERMISSION_DENIED', () => decide(id, 'dismiss', people.regulator));
    await refuses(ledger, 'OBJECTION_NOT_FOUND', () => withdraw(id, people.bankA));
    await refuses(ledger, 'OBJECTION_NOT_FOUND', () => withdraw(id, people.otherExporter));
    expect((await answer(id)).answer.answers).toHaveLength(1);
    const { answer: decided, event, writes } = await decide(id, 'dismiss');
    expect(decided).toMatchObject({
      state: 'dismissed',
      objector: 'EnterpriseMSP',
      holders: ['BankAMSP'],
      decision: { outcome: 'dismiss', reason: 'Looked into.' },
    });
    expect(event?.alerts).toMatchObject([{ alert: 'objection-decided' }]);
    expect([...writes.keys()].filter((key) => key.includes('U~'))).toEqual([]);
    await refuses(ledger, 'OBJECTION_DECIDED', () => answer(id));
    await refuses(ledger, 'OBJECTION_DECIDED', () => decide(id, 'hold'));
    await refuses(ledger, 'OBJECTION_DECIDED', () => withdraw(id, people.exporter));
  });

  it('holds new draws, not what is drawn, until the regulator decides for good', async () => {
    const { ledger, loan, raise, decide, withdraw } = await lent();
    const { id } = (await raise(people.exporter)).answer;
    expect((await decide(id, 'hold')).answer.state).toBe('held');
    await refuses(ledger, 'TRADE_ON_HOLD', () => reserve(ledger, claim(ledger, '1.00'), people.bankB));
    await refuses(ledger, 'OBJECTION_DECIDED', () => withdraw(id, people.exporter));
    const { answer: seen } = await ledger.endorse('verifyDocument', people.bankB, {
      document: { type: 'customs-declaration', number: declaration().number },
      particulars: { enterprise: exporter, total: declaration().total },
    });
    expect(seen.warnings).toContainEqual({ warning: 'on-hold' });
    expect((await actsOn(ledger, loan.id).repay('10.00')).answer.state).toBe('partly-repaid');
    // A second objection keeps it held after the first is decided.
    const second = (await raise(people.customs)).answer.id;
    await decide(second, 'hold');
    expect((await decide(id, 'correct')).answer.state).toBe('correction-ordered');
    await refuses(ledger, 'TRADE_ON_HOLD', () => reserve(ledger, claim(ledger, '1.00'), people.bankB));
    await decide(second, 'dismiss');
    expect((await reserve(ledger, claim(ledger, '40.00'), people.bankB)).state).toBe('reserved');
  });

  it('is withdrawn by who raised it, before anything is decided', async () => {
    const { raise, withdraw, ledger, decide } = await lent();
    const { id } = (await raise(people.exporter)).answer;
    expect((await withdraw(id, people.exporter)).answer.state).toBe('withdrawn');
    await refuses(ledger, 'OBJECTION_DECIDED', () => decide(id, 'hold'));
  });

  it('tells whoever objects of the decision, and the authority that has to correct its document why', async () => {
    const { ledger, raise, decide } = await lent();
    await record(ledger, {
      ...declaration(),
      type: 'warehouse-receipt',
      number: 'WR-1',
      total: undefined,
      quantity: { amount: '10', unit: 'TNE' },
      transport: { to: 'Tuas yard' },
    });
    const document = { type: 'warehouse-receipt' as const, number: 'WR-1' };
    const raised = await raise(people.exporter, { document });
    // Before the decision its recorder is no party.
    expect([...raised.writes.keys()].filter((key) => key.startsWith('CarrierMSP'))).toEqual([]);
    const { id } = raised.answer;
    const { answer, writes, event } = await decide(id, 'correct');
    expect(answer).toMatchObject({ state: 'correction-ordered', authority: 'CarrierMSP' });
    expect(event?.alerts).toEqual([{ alert: 'objection-decided', claims: [], objections: [id] }]);
    const copy = JSON.parse(writes.get(`CarrierMSP/OJ~${id}~2`) ?? '{}') as object;
    expect(copy).toMatchObject({ authority: 'CarrierMSP', decision: { outcome: 'correct' } });
    expect(copy).not.toHaveProperty('holders');
    expect(writes.get(`EnterpriseMSP/OJ~${id}~2`)).not.toContain('CarrierMSP');
  });

  describe('of an insurer under whose cover the trade falls', () => {
    const limit = { type: 'buyer-limit', number: 'lim-1' } as const;
    const policy = { type: 'insurance-policy', number: 'POL-1' } as const;
    /** An insured trade without a declared shipment, and what the insurer says of its invoice. */
    async function covered(changes: Parameters<typeof insuredTrade>[0] = {}) {
      const trade = await insuredTrade({
        ...changes,
        shipment: { cites: [{ type: 'tax-invoice', number: 'INV-9', issuer: exporter }] },
      });
      const { raise } = saying(trade.ledger);
      const document = { type: 'tax-invoice', number: 'INV-1' };
      return {
        ...trade,
        object: (more: object, person: Person = people.insurer) => raise(person, { document, ...more }),
      };
    }

    it.each([
      ['a buyer limit', limit],
      ['a policy', policy],
    ])('is raised by %s of its own', async (_what, cover) => {
      const { ledger, object } = await covered();
      await refuses(ledger, 'FACT_NOT_FOUND', () => object({}));
      expect((await object({ cover })).answer).toMatchObject({
        raisedBy: 'insurer',
        objector: 'InsurerMSP',
        document: { type: 'tax-invoice', number: 'INV1' },
      });
    });

    it('is refused where the document is of another buyer or day, or the cover is not the insurer’s to name', async () => {
      const another = { scheme: 'VAT', id: 'FR40303265045' } as const;
      const { ledger, object } = await covered({ invoice: { buyer: another, date: '2020-01-01' } });
      for (const cover of [limit, policy]) {
        const { code, body } = await refusal(ledger, () => object({ cover }));
        expect([code, body.field]).toEqual(['FACT_NOT_FOUND', 'document']);
      }
      const notOwn: readonly (readonly [object, Person])[] = [
        [{ type: 'buyer-limit', number: 'LIM-7' }, people.insurer],
        [limit, people.exporter],
        [limit, people.bankA],
      ];
      for (const [cover, person] of notOwn) {
        const { code, body } = await refusal(ledger, () => object({ cover }, person));
        expect([code, body.field]).toEqual(['FACT_NOT_FOUND', 'cover']);
      }
    });

    it('is refused under a cover of another seller, and one that was cancelled', async () => {
      const { ledger, object, limit: fact } = await covered();
      await record(ledger, {
        ...declaration(),
        type: 'tax-invoice',
        number: 'INV-1',
        seller: { ...otherExporter, name: 'Other' },
        buyer,
      });
      const others = { cover: limit, enterprise: otherExporter };
      const { code, body } = await refusal(ledger, () => object(others));
      expect([code, body.field]).toEqual(['FACT_NOT_FOUND', 'cover']);
      await ledger.submit('cancelFact', people.insurer, {
        id: fact.id,
        reason: 'The buyer is insolvent.',
      });
      await refuses(ledger, 'FACT_NOT_FOUND', () => object({ cover: limit }));
    });
  });

  it('goes on holding a trade that is joined to another', () => {
    const trade = { rows: [], credits: [], draws: [] };
    expect(joined([{ ...trade, holds: ['one'] }, trade, { ...trade, holds: ['one', 'two'] }]).holds).toEqual([
      'one',
      'two',
    ]);
    expect(joined([trade, trade]).holds).toBeUndefined();
  });
});
