import { limits } from '../api.js';
import { instantText } from '../rules/dates.js';
import type { FakeLedger } from '../testing/fake-ledger.js';
import {
  claim,
  day,
  declaration,
  exporter,
  freshKey,
  openLedger,
  people,
  record,
  refusal,
  refuses,
  remainingOf,
  reserve,
  usd,
} from '../testing/story.js';
import {
  application,
  applied,
  approval,
  askingFor,
  authorise,
  basic,
  granted,
  ledgerForLoans,
  reasons,
  referral,
  service,
} from '../testing/loans.js';
import { priceCopies } from '../testing/price-copies.js';

const keysOf = (writes: ReadonlyMap<string, string>) =>
  [...writes.keys()].map((key) => key.replace(/[0-9a-f]{64}/, '#')).sort();

/** Applied, the records opened, a mandate granted. */
async function ready(more: Parameters<typeof granted>[1] = {}) {
  const ledger = await ledgerForLoans();
  const loan = await applied(ledger);
  await queried(ledger, loan.id);
  return { ledger, loan, mandate: await granted(ledger, more) };
}

/** The question is on the log before it is answered. */
async function queried(ledger: FakeLedger, id: string) {
  await ledger.submit('queryForLoan', service, { id });
  return ledger.submit('queryForLoan', service, { id });
}

async function referred() {
  const ledger = await ledgerForLoans();
  const loan = await applied(ledger);
  await ledger.submit('decideLoan', service, referral(loan.id));
  return { ledger, id: loan.id };
}

const recommend = (ledger: FakeLedger, id: string, amount = '50.00', person = people.bankA) =>
  ledger.submit('recommendLoan', person, {
    id,
    idempotencyKey: freshKey(),
    amount: usd(amount),
    rate: '3.10',
    note: 'Visited the firm.',
  });

describe('a loan application', () => {
  it('goes to the chosen bank and nobody else, and draws nothing', async () => {
    const ledger = await ledgerForLoans();
    const { answer, writes, event } = await ledger.submit(
      'applyForLoan',
      people.exporter,
      application(await authorise(ledger)),
    );
    expect(answer).toMatchObject({ state: 'submitted', enterprise: exporter, reasons: [] });
    expect(keysOf(writes)).toEqual(['BankAMSP/LA~#~1', 'EnterpriseMSP/LA~#~1', 'public/loan~#']);
    expect(event?.changes).toEqual([{ kind: 'loan', id: answer.id, state: 'submitted', seq: 1 }]);
    expect(await remainingOf(ledger, declaration())).toBe('100.00');
  });

  it('is the consent to the loan that it asks for, and to no other, where consent is wanted', async () => {
    const { ledger, loan, mandate } = await ready();
    await ledger.submit('setPolicy', people.regulatorApprover, { consent: { bank: 'document' } });
    await refuses(ledger, 'CONSENT_MISSING', () => reserve(ledger, claim(ledger, '10.00')));
    const { answer } = await ledger.submit('decideLoan', service, approval(loan.id, mandate.id));
    expect(answer.state).toBe('approved');
    expect(await remainingOf(ledger, declaration())).toBe('40.00');
    await refuses(ledger, 'CONSENT_MISSING', () => reserve(ledger, claim(ledger, '10.00')));
  });

  it('repeated, answers the same and writes nothing; another body under its key is refused', async () => {
    const ledger = await ledgerForLoans();
    const input = application(await authorise(ledger));
    const first = await ledger.submit('applyForLoan', people.exporter, input);
    const again = await ledger.submit('applyForLoan', people.exporter, input);
    expect(again.answer).toEqual(first.answer);
    expect(again.writes.size).toBe(0);
    await refuses(ledger, 'IDEMPOTENCY_KEY_REUSED', () =>
      ledger.submit('applyForLoan', people.exporter, { ...input, tenorDays: 91 }),
    );
  });

  it.each([
    ['BANK_INVALID', 'bank', { bank: 'CustomsMSP' }],
    ['LINES_SUM', 'amount', { amount: usd('61.00') }],
    ['AMOUNT_PRECISION', 'amount.amount', { amount: usd('60.001') }],
    ['AUTHORISATION_NOT_FOUND', 'authorisation', { authorisation: 'f'.repeat(64) }],
    [
      'NOT_FINANCEABLE',
      'lines.0.document.type',
      {
        lines: [
          {
            document: { type: 'tax-filing', number: 'F1' } as const,
            total: usd('60.00'),
            amount: usd('60.00'),
          },
        ],
      },
    ],
  ] as const)('is refused with %s at %s', async (code, field, more) => {
    const ledger = await ledgerForLoans();
    const authorisation = await authorise(ledger);
    const input = application(authorisation, more as object);
    const error = await refusal(ledger, () => ledger.submit('applyForLoan', people.exporter, input));
    expect([error.code, error.body.field]).toEqual([code, field]);
  });

  it.each([{ categories: ['basic'] }, { bank: 'BankBMSP' }, { from: '2099-01-01', to: '2099-02-01' }])(
    'needs an authorisation that fits: %j',
    async (terms) => {
      const ledger = await ledgerForLoans();
      const authorisation = await authorise(ledger, terms);
      await refuses(ledger, 'AUTHORISATION_UNFIT', () =>
        ledger.submit('applyForLoan', people.exporter, application(authorisation)),
      );
    },
  );

  it('quotes only the own enterprise’s authorisation, and is withdrawn only by its own people', async () => {
    const ledger = await ledgerForLoans();
    const authorisation = await authorise(ledger);
    await refuses(ledger, 'AUTHORISATION_NOT_FOUND', () =>
      ledger.submit('applyForLoan', people.otherExporter, application(authorisation)),
    );
    const { id } = await applied(ledger);
    const command = { id, idempotencyKey: freshKey() };
    await refuses(ledger, 'LOAN_NOT_FOUND', () =>
      ledger.submit('withdrawLoan', people.otherExporter, command),
    );
    const { answer } = await ledger.submit('withdrawLoan', people.exporter, command);
    expect(answer.state).toBe('withdrawn');
    const late = await ledger.submit('decideLoan', service, referral(id));
    expect([late.answer.state, late.writes.size]).toEqual(['withdrawn', 0]);
  });
});

describe('the gateway of the bank', () => {
  it('approves in one transaction: claim accepted, mandate used, application decided', async () => {
    const { ledger, loan, mandate } = await ready();
    const { answer, writes, event } = await ledger.submit(
      'decideLoan',
      service,
      approval(loan.id, mandate.id),
    );
    expect(answer).toMatchObject({
      state: 'approved',
      decidedBy: 'rules',
      mandate: mandate.id,
      terms: { rate: '2.00' },
    });
    expect(keysOf(writes)).toEqual([
      'BankAMSP/C~#~1',
      'BankAMSP/LA~#~2',
      'BankAMSP/LM~#~3',
      'EnterpriseMSP/C~#~1',
      'EnterpriseMSP/LA~#~2',
      'public/claim~#',
      'public/loan~#',
      'public/mandate~#',
      'registry/AN~#',
      'registry/LE~#',
      'registry/U~#',
    ]);
    expect(event?.changes).toContainEqual({ kind: 'claim', id: answer.claim, state: 'accepted', seq: 1 });
    expect(await remainingOf(ledger, declaration())).toBe('40.00');
    const held = await ledger.endorse('readClaim', people.bankA, { id: answer.claim ?? '' });
    expect(held.answer).toMatchObject({ state: 'accepted', product: 'micro-loan', amount: usd('60.00') });
    // It holds its documents for some weeks, to be paid out.
    expect(held.answer.expiresAt).toBe(instantText(ledger.now + limits.payoutDays.byDefault * day));
    const paid = await ledger.submit('disburseClaim', people.bankA, {
      id: answer.claim ?? '',
      idempotencyKey: freshKey(),
    });
    expect(paid.answer.state).toBe('disbursed');
  });

  it('decides once: a second decision changes nothing, two at once cannot both commit', async () => {
    const { ledger, loan, mandate } = await ready();
    const race = [
      await ledger.endorse('decideLoan', service, approval(loan.id, mandate.id)),
      await ledger.endorse('decideLoan', service, referral(loan.id)),
    ];
    expect(race.map((one) => ledger.commit(one))).toEqual([true, false]);
    const again = await ledger.submit('decideLoan', service, referral(loan.id));
    expect([again.answer.state, again.writes.size]).toEqual(['approved', 0]);
    const whole = { id: loan.id, idempotencyKey: freshKey() };
    await refuses(ledger, 'LOAN_DECIDED', () => ledger.submit('withdrawLoan', people.exporter, whole));
  });

  it('asks for the records once, and only for an application', async () => {
    const ledger = await ledgerForLoans();
    const loan = await applied(ledger);
    const first = await queried(ledger, loan.id);
    expect(first.answer).toMatchObject({ state: 'allowed', usesLeft: 0, purpose: 'Micro loan' });
    const again = await ledger.submit('queryForLoan', service, { id: loan.id });
    expect([again.answer, again.writes.size]).toEqual([first.answer, 0]);
    const seen = await ledger.endorse('assessLoan', service, { id: loan.id });
    expect(seen.answer).toMatchObject({
      documents: [{ result: 'match', remaining: usd('100.00') }],
      report: { records: [{ content: { class: 'A' } }] },
      exposure: { seq: 0, open: [] },
    });
    await refuses(ledger, 'LOAN_NOT_FOUND', () =>
      ledger.submit('queryForLoan', service, { id: 'f'.repeat(64) }),
    );
    await refuses(ledger, 'LOAN_NOT_FOUND', () =>
      ledger.submit('queryForLoan', { ...service, mspId: 'BankBMSP' }, { id: loan.id }),
    );
    await refuses(ledger, 'PERMISSION_DENIED', () =>
      ledger.submit('queryCredit', service, {
        idempotencyKey: freshKey(),
        enterprise: exporter,
        authorisation: loan.authorisation,
        categories: ['basic'],
        purpose: 'Micro loan',
      }),
    );
  });

  it('tells its price to its bank and its exporter, and to no public line', async () => {
    const { ledger, loan, mandate } = await ready();
    const { answer, writes } = await ledger.submit('decideLoan', service, approval(loan.id, mandate.id));
    const kept = { price: { rate: '2.00', allIn: '2.00' }, outlet: undefined };
    expect(priceCopies(writes, answer.claim ?? '')).toEqual({ BankAMSP: kept, EnterpriseMSP: kept });
    const lines = [...writes].filter(([key]) => key.startsWith('public/'));
    expect(lines.length).toBeGreaterThan(1);
    expect(JSON.stringify(lines)).not.toContain('2.00');
  });

  it('may decline under a mandate; a refused query is on the log', async () => {
    const ledger = await ledgerForLoans();
    const loan = await applied(ledger);
    const mandate = await granted(ledger);
    await ledger.submit('revokeAuthorisation', people.exporter, {
      id: loan.authorisation,
      idempotencyKey: freshKey(),
    });
    const query = await queried(ledger, loan.id);
    expect(query.answer).toMatchObject({ state: 'refused', code: 'AUTHORISATION_REVOKED' });
    await refuses(ledger, 'QUERY_MISSING', () =>
      ledger.submit('decideLoan', service, approval(loan.id, mandate.id)),
    );
    const { mandate: id, rules } = approval(loan.id, mandate.id);
    const { answer } = await ledger.submit('decideLoan', service, {
      id: loan.id,
      rules,
      mandate: id,
      outcome: { decision: 'declined', reasons },
    });
    expect(answer).toMatchObject({ state: 'declined', query: query.answer.id, reasons });
    expect(answer.claim).toBeUndefined();
  });

  it('meets a revocation of the authorisation between query and decision', async () => {
    const { ledger, loan, mandate } = await ready();
    const running = await ledger.endorse('decideLoan', service, approval(loan.id, mandate.id));
    await ledger.submit('revokeAuthorisation', people.exporter, {
      id: loan.authorisation,
      idempotencyKey: freshKey(),
    });
    expect(ledger.commit(running)).toBe(false);
    await refuses(ledger, 'AUTHORISATION_REVOKED', () =>
      ledger.submit('decideLoan', service, approval(loan.id, mandate.id)),
    );
  });

  it('meets another bank’s claim between query and decision', async () => {
    const { ledger, loan, mandate } = await ready();
    const running = await ledger.endorse('decideLoan', service, approval(loan.id, mandate.id));
    await reserve(ledger, claim(ledger, '50.00'), people.bankB);
    expect(ledger.commit(running)).toBe(false);
    await refuses(ledger, 'EXCEEDS_BALANCE', () =>
      ledger.submit('decideLoan', service, approval(loan.id, mandate.id)),
    );
  });

  it('approves on what is open now: of two loans at once one waits, and what is over does not count', async () => {
    const { ledger, loan, mandate } = await ready();
    const separate = declaration({ number: '310120260516789013' });
    await record(ledger, separate);
    const other = await applied(ledger, askingFor('30.00', separate));
    await queried(ledger, other.id);
    const exposure = async () =>
      (await ledger.endorse('assessLoan', service, { id: other.id })).answer.exposure;
    const race = [
      await ledger.endorse('decideLoan', service, approval(loan.id, mandate.id)),
      await ledger.endorse('decideLoan', service, approval(other.id, mandate.id, '30.00')),
    ];
    expect(race.map((one) => ledger.commit(one))).toEqual([true, false]);
    await refuses(ledger, 'VERSION_CONFLICT', () =>
      ledger.submit('decideLoan', service, approval(other.id, mandate.id, '30.00')),
    );
    expect(await exposure()).toEqual({ seq: 1, open: [usd('60.00')] });

    const id = race[0]?.answer.claim ?? '';
    const command = () => ({ id, idempotencyKey: freshKey() });
    await ledger.submit('disburseClaim', people.bankA, command());
    const repay = (amount: string) =>
      ledger.submit('repayClaim', people.bankA, { ...command(), amount: usd(amount), source: 'proceeds' });
    await repay('20.00');
    expect(await exposure()).toEqual({ seq: 1, open: [usd('40.00')] });
    await repay('40.00');
    expect(await exposure()).toEqual({ seq: 1, open: [] });
    await ledger.submit('decideLoan', service, approval(other.id, mandate.id, '30.00', 1));
    expect(await exposure()).toEqual({ seq: 2, open: [usd('30.00')] });
    expect([...ledger.snapshot()].find(([key]) => key.startsWith('registry/LE~'))?.[1]).not.toContain(id);
  });

  it.each([
    ['MANDATE_EXCEEDED', { largest: usd('59.99') }],
    ['MANDATE_EXCEEDED', { total: usd('59.99') }],
    [
      'MANDATE_EXCEEDED',
      { largest: { amount: '80.00', currency: 'EUR' }, total: { amount: '80.00', currency: 'EUR' } },
    ],
    ['MANDATE_NOT_LIVE', { rules: 'b'.repeat(64) }],
  ] as const)('is stopped with %s by %j', async (code, more) => {
    const { ledger, loan, mandate } = await ready(more);
    await refuses(ledger, code, () => ledger.submit('decideLoan', service, approval(loan.id, mandate.id)));
  });

  it('gives no more than was applied for, and not more than the mandate’s total in sum', async () => {
    const { ledger, loan, mandate } = await ready({ largest: usd('80.00'), total: usd('80.00') });
    await refuses(ledger, 'LOAN_TERMS_INVALID', () =>
      ledger.submit('decideLoan', service, approval(loan.id, mandate.id, '60.01')),
    );
    await ledger.submit('decideLoan', service, approval(loan.id, mandate.id, '50.00'));
    const second = await applied(ledger, askingFor('31.00'));
    await queried(ledger, second.id);
    await refuses(ledger, 'MANDATE_EXCEEDED', () =>
      ledger.submit('decideLoan', service, approval(second.id, mandate.id, '31.00', 1)),
    );
  });

  it('can do nothing but refer without a live mandate', async () => {
    const { ledger, loan, mandate } = await ready();
    const { outcome, rules } = approval(loan.id, mandate.id);
    const without = { id: loan.id, rules, outcome };
    await refuses(ledger, 'MANDATE_NOT_FOUND', () => ledger.submit('decideLoan', service, without));
    await refuses(ledger, 'MANDATE_NOT_FOUND', () =>
      ledger.submit('decideLoan', service, { ...without, outcome: { decision: 'declined', reasons } }),
    );
    const running = await ledger.endorse('decideLoan', service, approval(loan.id, mandate.id));
    await ledger.submit('revokeMandate', people.bankA, { id: mandate.id, idempotencyKey: freshKey() });
    expect(ledger.commit(running)).toBe(false);
    await refuses(ledger, 'MANDATE_NOT_LIVE', () =>
      ledger.submit('decideLoan', service, approval(loan.id, mandate.id)),
    );
    const { answer } = await ledger.submit('decideLoan', service, referral(loan.id));
    expect(answer).toMatchObject({ state: 'referred' });
    expect(answer.decidedBy).toBeUndefined();
  });

  it('cannot use a mandate after its last day', async () => {
    const { ledger, loan, mandate } = await ready();
    const clock = Date.now;
    ledger.now += 31 * day;
    Date.now = () => ledger.now;
    try {
      await refuses(ledger, 'MANDATE_NOT_LIVE', () =>
        ledger.submit('decideLoan', service, approval(loan.id, mandate.id)),
      );
    } finally {
      Date.now = clock;
    }
  });
});

describe('a mandate', () => {
  it('allows nothing before a second person grants it', async () => {
    const { ledger, loan } = await ready();
    const input = {
      idempotencyKey: freshKey(),
      rules: 'a'.repeat(64),
      largest: usd('80.00'),
      total: usd('100.00'),
      validUntil: '2026-12-31',
    };
    const validUntil = new Date(ledger.now + 5 * day).toISOString().slice(0, 10);
    const { answer } = await ledger.submit('proposeMandate', people.bankA, { ...input, validUntil });
    await refuses(ledger, 'MANDATE_NOT_LIVE', () =>
      ledger.submit('decideLoan', service, approval(loan.id, answer.id)),
    );
    const command = { id: answer.id, idempotencyKey: freshKey() };
    await refuses(ledger, 'PERMISSION_DENIED', () => ledger.submit('grantMandate', people.bankA, command));
    await refuses(ledger, 'FOUR_EYES', () =>
      ledger.submit('grantMandate', { ...people.bankA, role: 'approver' }, command),
    );
    await refuses(ledger, 'MANDATE_NOT_FOUND', () =>
      ledger.submit('grantMandate', people.approverB, command),
    );
    await refuses(ledger, 'PERMISSION_DENIED', () => ledger.submit('grantMandate', service, command));
    await refuses(ledger, 'DATE_INVALID', () =>
      ledger.submit('proposeMandate', people.bankA, {
        ...input,
        idempotencyKey: freshKey(),
        validUntil: '2020-01-01',
      }),
    );
    const granted = await ledger.submit('grantMandate', people.approverA, command);
    expect(granted.answer).toMatchObject({ state: 'granted', proposedBy: 'officer', grantedBy: 'approver' });
    const revoked = await ledger.submit('revokeMandate', people.approverA, {
      id: answer.id,
      idempotencyKey: freshKey(),
      reason: 'New rules.',
    });
    expect(revoked.answer.state).toBe('revoked');
    await refuses(ledger, 'MANDATE_NOT_LIVE', () => ledger.submit('grantMandate', people.approverA, command));
  });
});

describe('a referred application', () => {
  it('is recommended by an officer and approved by an approver, who accepts the claim by that', async () => {
    const { ledger, id } = await referred();
    const { answer: advised } = await recommend(ledger, id);
    const command = { id, idempotencyKey: freshKey(), expectedSeq: advised.seq };
    await refuses(ledger, 'FOUR_EYES', () =>
      ledger.submit('approveLoan', { ...people.bankA, role: 'approver' }, command),
    );
    await refuses(ledger, 'VERSION_CONFLICT', () =>
      ledger.submit('approveLoan', people.approverA, { ...command, expectedSeq: advised.seq - 1 }),
    );
    const { answer } = await ledger.submit('approveLoan', people.approverA, command);
    expect(answer).toMatchObject({ state: 'approved', decidedBy: 'person', person: 'approver' });
    const held = await ledger.endorse('readClaim', people.bankA, { id: answer.claim ?? '' });
    expect(held.answer).toMatchObject({ state: 'accepted', amount: usd('50.00') });
    const again = await ledger.submit('approveLoan', people.approverA, command);
    expect([again.answer, again.writes.size]).toEqual([answer, 0]);
  });

  it('shows the enterprise the decision, but neither advice nor names', async () => {
    const { ledger, id } = await referred();
    const { answer } = await recommend(ledger, id);
    await ledger.submit('approveLoan', people.approverA, {
      id,
      idempotencyKey: freshKey(),
      expectedSeq: answer.seq,
    });
    const copies = [...ledger.snapshot()].filter(([key]) => key.startsWith(`EnterpriseMSP/LA~${id}`));
    expect(copies).toHaveLength(4);
    expect(copies.map(([, value]) => value).join()).not.toMatch(/approver|officer|recommendation|Visited/);
    const whole = ledger.snapshot().get(`BankAMSP/LA~${id}~4`);
    expect(whole).toContain('Visited');
  });

  it('keeps the advice in the bank’s copy when the enterprise withdraws', async () => {
    const { ledger, id } = await referred();
    await recommend(ledger, id);
    const { answer } = await ledger.submit('withdrawLoan', people.exporter, {
      id,
      idempotencyKey: freshKey(),
    });
    expect(answer.recommendation).toBeUndefined();
    expect(ledger.snapshot().get(`BankAMSP/LA~${id}~4`)).toContain('Visited');
  });

  it('is declined by an approver, with a reason after those of the rules', async () => {
    const { ledger, id } = await referred();
    const command = { id, idempotencyKey: freshKey(), reason: 'The buyer is in default.' };
    await refuses(ledger, 'PERMISSION_DENIED', () => ledger.submit('declineLoan', people.bankA, command));
    const { answer } = await ledger.submit('declineLoan', people.approverA, command);
    expect(answer).toMatchObject({
      state: 'declined',
      reasons: [{ rule: 'refer-from' }, { rule: 'person', detail: 'The buyer is in default.' }],
    });
    await refuses(ledger, 'LOAN_DECIDED', () => recommend(ledger, id));
  });

  it('cannot be decided by a person before the rules have spoken, or without a recommendation', async () => {
    const ledger = await ledgerForLoans();
    const { id } = await applied(ledger);
    const command = { id, idempotencyKey: freshKey(), expectedSeq: 1 };
    await refuses(ledger, 'LOAN_NOT_REFERRED', () => ledger.submit('approveLoan', people.approverA, command));
    await ledger.submit('decideLoan', service, referral(id));
    await refuses(ledger, 'RECOMMENDATION_MISSING', () =>
      ledger.submit('approveLoan', people.approverA, { ...command, expectedSeq: 2 }),
    );
    await refuses(ledger, 'LOAN_TERMS_INVALID', () => recommend(ledger, id, '60.01'));
    await refuses(ledger, 'LOAN_NOT_FOUND', () => ledger.submit('approveLoan', people.approverB, command));
  });

  it('is refused as a whole when the documents do not bear it any more', async () => {
    const { ledger, id } = await referred();
    const { answer } = await recommend(ledger, id);
    await reserve(ledger, claim(ledger, '60.00'), people.bankB);
    const error = await refusal(ledger, () =>
      ledger.submit('approveLoan', people.approverA, {
        id,
        idempotencyKey: freshKey(),
        expectedSeq: answer.seq,
      }),
    );
    expect(error.code).toBe('EXCEEDS_BALANCE');
    expect(error.body.lines).toMatchObject([{ line: 0, remaining: usd('40.00') }]);
  });
});

describe('a registry without records', () => {
  it('opens what there is', async () => {
    const ledger = await openLedger();
    await ledger.submit('recordCredit', people.regulator, { enterprise: exporter, content: basic });
    const loan = await applied(ledger);
    await queried(ledger, loan.id);
    const { answer } = await ledger.endorse('assessLoan', people.bankA, { id: loan.id });
    expect(answer.documents).toMatchObject([{ result: 'not-found' }]);
    expect(answer.report?.records.map(({ category }) => category)).toEqual(['basic']);
  });
});
