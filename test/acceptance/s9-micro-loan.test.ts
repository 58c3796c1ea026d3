import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import type { ClaimState } from '@pledgeonce/chaincode/api.js';
import { formatMoney, parseMoney } from '@pledgeonce/chaincode/rules/money.js';
import { isOver } from '@pledgeonce/chaincode/rules/claim-states.js';
import type { Client } from '@pledgeonce/scripts/rest/client.js';
import { AlertListener } from '@pledgeonce/scripts/rest/events.js';
import { at, listAt, textAt } from '@pledgeonce/scripts/rest/json.js';
import { application } from '@pledgeonce/scripts/story/loan-papers.js';
import {
  authoriseQuery,
  decided,
  grantMandate,
  revokeMandates,
  rulesOf,
} from '@pledgeonce/scripts/story/loan-steps.js';
import { projectRoot } from '@pledgeonce/scripts/stack/options.js';
import { BlockReader } from './support/block-reader.js';
import { auditor, bank, consortium, customsOfficer, person, type BankPeople } from './support/consortium.js';
import { declaration, inDays, otherExporter, record, reference, usd, verify } from './support/documents.js';
import { ExtraGateway } from './support/extra-gateway.js';
import { freshDeclaration, loanApplicant, recordApplicant } from './support/loans.js';
import { expectRefused } from './support/nothing-written.js';
import { reserve } from './support/steps.js';

/** A few transactions of several gateways, on a slow network too. */
const patience = 120_000;

describe('an online micro loan', () => {
  let a: BankPeople;
  let b: BankPeople;
  let enterprise: Client;
  let mandate: string;
  beforeAll(async () => {
    [a, b] = [await bank('A'), await bank('B')];
    enterprise = await loanApplicant();
    await recordApplicant();
    for (const one of [a, b]) await revokeMandates(one);
    mandate = await grantMandate(a);
  }, patience);
  afterAll(async () => {
    for (const one of [a, b]) await revokeMandates(one);
  });

  /** Applies on a declaration of its own, and waits for what becomes of it. */
  async function apply(amount: string, more: object = {}, total?: string) {
    const fact = await freshDeclaration(total);
    const body = application(fact, await authoriseQuery(enterprise), usd(amount), more);
    const answer = await enterprise.post('/loan-applications', body);
    expect(answer.status).toBe(201);
    const id = textAt(answer.body, 'id');
    return { fact, id, loan: await decided(enterprise, id) };
  }

  it(
    'is approved within seconds: the claim is accepted at once and goes its way',
    async () => {
      const started = Date.now();
      const { fact, id, loan } = await apply('500.00');
      expect(Date.now() - started).toBeLessThan(30_000);
      expect(loan).toMatchObject({
        state: 'approved',
        decidedBy: 'rules',
        mandate,
        terms: { amount: usd('500.00'), rate: '2.00' },
        enterprise: otherExporter,
      });
      expect(rulesOf(loan)).toEqual(['within-the-rules', 'price']);

      const claim = textAt(loan, 'claim');
      expect((await a.officer.get(`/claims/${claim}`)).body).toMatchObject({
        state: 'accepted',
        product: 'micro-loan',
        amount: usd('500.00'),
      });
      // Reserved and accepted in one go: there is one version, and its transaction is the gateway's.
      const history = listAt((await (await auditor()).get(`/audit/claims/${claim}`)).body, 'versions');
      expect(history).toMatchObject([
        { seq: 1, state: 'accepted', signer: { mspId: 'BankAMSP' }, proof: { holds: true } },
      ]);
      expect(String(at(history, '0.signer.name'))).toMatch(/^clerk/);
      expect((await verify(b.officer, fact)).body).toMatchObject({ liveDraws: 1 });

      const queries = listAt((await enterprise.get('/credit-queries?limit=20')).body, 'items');
      expect(queries).toContainEqual(
        expect.objectContaining({ id: at(loan, 'query'), state: 'allowed', bank: 'BankAMSP' }),
      );
      expect((await (await auditor()).get(`/loan-applications/${id}`)).body).toMatchObject({
        state: 'approved',
      });
      for (const stranger of [b.officer, await person('EnterpriseMSP', 'exporter-1')]) {
        const { status, body } = await stranger.get(`/loan-applications/${id}`);
        expect([status, at(body, 'code')]).toEqual([404, 'LOAN_NOT_FOUND']);
      }

      expect((await a.officer.post(`/claims/${claim}/disbursement`, {})).status).toBe(200);
      const repayment = { amount: usd('500.00'), source: 'proceeds' };
      expect((await a.officer.post(`/claims/${claim}/repayments`, repayment)).body).toMatchObject({
        state: 'settled',
      });
    },
    patience,
  );

  it.each([
    ['largest-amount', '50000.01', {}, '90000.00'],
    ['largest-tenor', '200.00', { tenorDays: 181 }, undefined],
    ['advance-rate', '800.01', {}, '1000.00'],
  ] as const)('is declined by the rule %s', async (rule, amount, more, total) => {
    // Equal totals would be near duplicates of an earlier run: that refers, and declining outweighs it.
    const { fact, loan } = await apply(amount, more, total);
    expect(loan).toMatchObject({ state: 'declined', decidedBy: 'rules' });
    expect(rulesOf(loan)).toContain(rule);
    expect(at(loan, 'claim')).toBeUndefined();
    expect((await verify(b.officer, fact)).body).toMatchObject({ remaining: fact.total, liveDraws: 0 });
  });

  it(
    'lends a share of the document over all loans, not a share of what the last one has left',
    async () => {
      const fact = await freshDeclaration();
      const whole = parseMoney(fact.total, 'total').minor;
      const applyFor = async (minor: bigint) => {
        const amount = formatMoney(minor, 'USD');
        const body = application(fact, await authoriseQuery(enterprise), amount);
        const { body: submitted } = await enterprise.post('/loan-applications', body);
        return decided(enterprise, textAt(submitted, 'id'));
      };
      const most = (whole * 80n) / 100n;
      expect(await applyFor(most)).toMatchObject({ state: 'approved' });
      const second = await applyFor(((whole - most) * 80n) / 100n);
      expect(second).toMatchObject({ state: 'declined', decidedBy: 'rules' });
      expect(rulesOf(second)).toEqual(['advance-rate']);
      expect(await applyFor(1n)).toMatchObject({ state: 'declined' });
      const left = formatMoney(whole - most, 'USD');
      expect((await verify(b.officer, fact)).body).toMatchObject({ remaining: left, liveDraws: 1 });
    },
    patience,
  );

  it('is declined in a currency without rules', async () => {
    const fact = await freshDeclaration();
    const amount = { amount: '100.00', currency: 'EUR' };
    const body = application(fact, await authoriseQuery(enterprise), amount);
    const { body: submitted } = await enterprise.post('/loan-applications', body);
    const loan = await decided(enterprise, textAt(submitted, 'id'));
    expect(loan).toMatchObject({ state: 'declined' });
    expect(rulesOf(loan)).toContain('currency');
  });

  it.each([
    ['excluded-class', { class: 'C' }],
    ['directory', { directoryStatus: 'suspended' }],
    ['listed-months', { listedSince: inDays(-60) }],
  ])('is declined by the rule %s for what is on record', async (rule, changes) => {
    await recordApplicant(changes);
    try {
      const { loan } = await apply('300.00');
      expect(loan).toMatchObject({ state: 'declined', decidedBy: 'rules' });
      expect(rulesOf(loan)).toEqual([rule]);
    } finally {
      await recordApplicant();
    }
  });

  it('is declined when the documents are not what the enterprise says, naming each', async () => {
    const [known, unknown] = [await freshDeclaration(), `2218${inDays(0).slice(0, 4)}0999999999`];
    const { body } = await enterprise.post('/loan-applications', {
      ...application(known, await authoriseQuery(enterprise), usd('300.00')),
      lines: [
        { document: reference(known), total: usd('99999.00'), amount: usd('200.00') },
        {
          document: { type: 'customs-declaration', number: unknown },
          total: usd('500.00'),
          amount: usd('100.00'),
        },
      ],
    });
    const loan = await decided(enterprise, textAt(body, 'id'));
    expect(loan).toMatchObject({ state: 'declined' });
    const reason = listAt(loan, 'reasons').find(({ rule }) => rule === 'document');
    // One sentence for another total and for no such document: the desk is no way to try totals.
    expect(String(reason?.['detail'])).toContain(`${known.number}: it is not on record as the application`);
    expect(String(reason?.['detail'])).toContain(`${unknown}: it is not on record as the application`);
  });

  it('tells a competitor’s document from none at all to nobody', async () => {
    // Of the other exporter: the applicant is the enterprise of exporter-2.
    const theirs = declaration({ total: usd('700.00') });
    await record(await customsOfficer(), theirs);
    const unknown = `2218${inDays(0).slice(0, 4)}0999999998`;
    const apply = async (number: string) => {
      const { body } = await enterprise.post('/loan-applications', {
        ...application(theirs, await authoriseQuery(enterprise), usd('100.00')),
        lines: [
          {
            document: { type: 'customs-declaration', number },
            total: usd('700.00'),
            amount: usd('100.00'),
          },
        ],
      });
      const { state, reasons } = await decided(enterprise, textAt(body, 'id'));
      return JSON.stringify([state, reasons]).replaceAll(number, '#');
    };
    expect(await apply(theirs.number)).toBe(await apply(unknown));
  });

  it('is declined when another claim has used the document up', async () => {
    const fact = await freshDeclaration('4000.00');
    const reserved = await b.officer.post('/claims', {
      applicationNumber: `APP-${fact.number}`,
      enterprise: otherExporter,
      product: 'discount',
      amount: usd('3900.00'),
      lines: [{ document: reference(fact), amount: usd('3900.00') }],
      dueDate: inDays(60),
    });
    expect(reserved.status).toBe(201);
    const body = application(fact, await authoriseQuery(enterprise), usd('100.01'));
    const { body: submitted } = await enterprise.post('/loan-applications', body);
    const loan = await decided(enterprise, textAt(submitted, 'id'));
    expect(loan).toMatchObject({ state: 'declined' });
    expect(listAt(loan, 'reasons')).toContainEqual({
      rule: 'balance',
      detail: `${fact.number}: USD 100.00 is left.`,
    });
  });

  it(
    'goes to a person when borderline; an officer recommends, an approver decides',
    async () => {
      const { id, fact, loan } = await apply('20000.00', {}, '30000.07');
      expect(loan).toMatchObject({ state: 'referred' });
      expect(rulesOf(loan)).toContain('refer-amount');
      const queue = listAt((await a.officer.get('/loan-applications?state=referred')).body, 'items');
      expect(queue.map((one) => one['id'])).toContain(id);
      expect((await a.officer.get(`/loan-applications/${id}/assessment`)).body).toMatchObject({
        documents: [{ result: 'match', remaining: fact.total }],
        report: { records: [{ content: { class: 'A' } }, {}, {}] },
        exposure: { open: expect.any(Array) as unknown },
      });

      const early = await a.approver.post(`/loan-applications/${id}/approval`, { expectedSeq: 2 });
      expect([early.status, at(early.body, 'code')]).toEqual([409, 'RECOMMENDATION_MISSING']);
      const advice = { amount: usd('700.00'), rate: '2.90', note: 'Long known to the branch.' };
      const advised = await a.officer.post(`/loan-applications/${id}/recommendation`, advice);
      expect(advised.body).toMatchObject({ state: 'referred', seq: 3, recommendation: { by: 'officer' } });
      const alone = await a.officer.post(`/loan-applications/${id}/approval`, { expectedSeq: 3 });
      expect([alone.status, at(alone.body, 'code')]).toEqual([403, 'PERMISSION_DENIED']);
      const stale = await a.approver.post(`/loan-applications/${id}/approval`, { expectedSeq: 2 });
      expect([stale.status, at(stale.body, 'code')]).toEqual([409, 'VERSION_CONFLICT']);

      const approved = await a.approver.post(`/loan-applications/${id}/approval`, { expectedSeq: 3 });
      expect(approved.body).toMatchObject({ state: 'approved', decidedBy: 'person', person: 'approver' });
      const claim = textAt(approved.body, 'claim');
      expect((await a.officer.get(`/claims/${claim}`)).body).toMatchObject({
        state: 'accepted',
        amount: usd('700.00'),
      });
      const seen = (await enterprise.get(`/loan-applications/${id}`)).body;
      expect(seen).toMatchObject({ state: 'approved', terms: { amount: usd('700.00'), rate: '2.90' } });
      expect(JSON.stringify(seen)).not.toMatch(/approver|recommendation|branch/);
      expect((await (await auditor()).get(`/loan-applications/${id}`)).body).toMatchObject({
        person: 'approver',
      });
      expect((await a.approver.post(`/claims/${claim}/withdrawal`, {})).status).toBe(200);
    },
    patience,
  );

  it('is declined by an approver with a reason, after which the enterprise cannot withdraw', async () => {
    const { id } = await apply('200.00', { tenorDays: 151 });
    const reason = 'The buyer pays late.';
    const { body } = await a.approver.post(`/loan-applications/${id}/decline`, { reason });
    expect(body).toMatchObject({ state: 'declined', decidedBy: 'person' });
    const seen = (await enterprise.get(`/loan-applications/${id}`)).body;
    expect(listAt(seen, 'reasons')).toContainEqual({ rule: 'person', detail: reason });
    const late = await enterprise.post(`/loan-applications/${id}/withdrawal`, {});
    expect([late.status, at(late.body, 'code')]).toEqual([409, 'LOAN_DECIDED']);
  });

  it(
    'at two banks on one document: one approves, the other declines, neither fails',
    async () => {
      await grantMandate(b);
      const fact = await freshDeclaration();
      const total = Number(fact.total.amount);
      const amount = usd(`${Math.floor(total * 0.7)}.00`);
      const banks = ['BankAMSP', 'BankBMSP'];
      const consents: string[] = [];
      for (const one of banks) consents.push(await authoriseQuery(enterprise, one));
      const submitted = await Promise.all(
        banks.map((one, index) =>
          enterprise.post(
            '/loan-applications',
            application(fact, consents[index] ?? '', amount, { bank: one }),
          ),
        ),
      );
      const loans = await Promise.all(submitted.map(({ body }) => decided(enterprise, textAt(body, 'id'))));
      expect(loans.map(({ state }) => state).sort()).toEqual(['approved', 'declined']);
      const lost = loans.find(({ state }) => state === 'declined');
      // What the other bank lends counts towards the advance, too, once it is seen.
      expect(lost && rulesOf(lost)).toContain('balance');
      expect((await verify(b.officer, fact)).body).toMatchObject({ liveDraws: 1 });
      const won = loans.find(({ state }) => state === 'approved');
      const holder = won?.['bank'] === 'BankAMSP' ? a : b;
      expect((await holder.officer.post(`/claims/${textAt(won, 'claim')}/withdrawal`, {})).status).toBe(200);
    },
    patience,
  );

  it(
    'is declined when the authorisation is revoked before the rules look, or used up',
    async () => {
      const facts = [];
      for (let count = 0; count < 5; count++) facts.push(await freshDeclaration());
      const consents = await Promise.all(facts.map(() => authoriseQuery(enterprise)));
      const submitted = await Promise.all(
        facts.map((fact, index) =>
          enterprise.post('/loan-applications', application(fact, consents[index] ?? '', usd('100.00'))),
        ),
      );
      // The rules take one application after the other: the last ones meet the revocation.
      await Promise.all(consents.map((id) => enterprise.request('DELETE', `/authorisations/${id}`)));
      const loans = await Promise.all(submitted.map(({ body }) => decided(enterprise, textAt(body, 'id'))));
      const outcomes = loans.map((loan) => [loan['state'], ...rulesOf(loan)].join(' '));
      expect(outcomes).toContain('declined authorisation');
      expect(
        outcomes.filter(
          (one) => one !== 'declined authorisation' && one !== 'approved within-the-rules price',
        ),
      ).toEqual([]);
    },
    patience,
  );

  it(
    'is referred without a mandate, without opening the records, and can be withdrawn',
    async () => {
      await revokeMandates(a);
      const { id, loan } = await apply('300.00');
      expect(loan).toMatchObject({ state: 'referred' });
      expect(rulesOf(loan)).toEqual(['mandate']);
      expect(at(loan, 'query')).toBeUndefined();
      const consent = await enterprise.get(`/authorisations/${textAt(loan, 'authorisation')}`);
      expect(consent.body).toMatchObject({ usesLeft: 1, state: 'active' });
      expect((await enterprise.post(`/loan-applications/${id}/withdrawal`, {})).body).toMatchObject({
        state: 'withdrawn',
      });
      const late = await a.approver.post(`/loan-applications/${id}/decline`, { reason: 'Too late.' });
      expect([late.status, at(late.body, 'code')]).toEqual([409, 'LOAN_DECIDED']);
    },
    patience,
  );

  it(
    'takes two people for a mandate, and stops at what they allowed',
    async () => {
      await revokeMandates(a);
      const rules = textAt((await a.officer.get('/loan-rules')).body, 'hash');
      const proposed = await a.officer.post('/loan-mandates', {
        rules,
        largest: usd('250.00'),
        total: usd('400.00'),
        validUntil: inDays(3),
      });
      const own = await a.officer.post(`/loan-mandates/${textAt(proposed.body, 'id')}/grant`, {});
      expect([own.status, at(own.body, 'code')]).toEqual([403, 'PERMISSION_DENIED']);
      expect((await apply('200.00')).loan).toMatchObject({ state: 'referred' });
      expect((await a.approver.post(`/loan-mandates/${textAt(proposed.body, 'id')}/grant`, {})).status).toBe(
        200,
      );

      const { loan: fits } = await apply('250.00');
      expect(fits).toMatchObject({ state: 'approved' });
      const { loan: beyond } = await apply('200.00');
      expect(beyond).toMatchObject({ state: 'referred' });
      expect(rulesOf(beyond)).toEqual(['mandate']);
      const left = await a.officer.get('/loan-mandates?state=granted');
      expect(listAt(left.body, 'items')).toMatchObject([{ left: usd('150.00'), grantedBy: 'approver' }]);
      await a.officer.post(`/claims/${textAt(fits, 'claim')}/withdrawal`, {});
    },
    patience,
  );

  it(
    'is told to applicant, bank and regulator as it happens, and to no other bank or enterprise',
    async () => {
      await revokeMandates(a);
      await grantMandate(a);
      const open = async (reader: Client) => AlertListener.open(reader);
      const told = [await open(enterprise), await open(a.officer), await open(await auditor())];
      const other = await person('EnterpriseMSP', 'exporter-1');
      const [otherBank, otherEnterprise] = [await open(b.officer), await open(other)];
      try {
        const { id, fact, loan } = await apply('200.00');
        for (const listener of told) {
          for (const [seq, state] of [
            [1, 'submitted'],
            [2, 'approved'],
          ]) {
            const event = await listener.find(
              (one) => at(one, 'content.id') === id && at(one, 'content.seq') === seq,
              30_000,
            );
            expect(event).toMatchObject({ kind: 'change', content: { kind: 'loan', state } });
          }
        }
        // What the others do themselves comes later on their streams: up to there they have heard nothing.
        const own = await reserve(b, reference(fact), usd('10.00'), { enterprise: otherExporter });
        const consent = await authoriseQuery(other);
        const [claim, used] = [textAt(loan, 'claim'), textAt(loan, 'authorisation')];
        for (const [listener, last] of [
          [otherBank, own],
          [otherEnterprise, consent],
        ] as const) {
          expect(await listener.find((one) => at(one, 'content.id') === last, 30_000)).toBeDefined();
          expect(JSON.stringify(listener.received)).not.toMatch(new RegExp([id, claim, used].join('|')));
        }
        await a.officer.post(`/claims/${claim}/withdrawal`, {});
      } finally {
        for (const listener of [...told, otherBank, otherEnterprise]) listener.close();
      }
    },
    patience,
  );

  it(
    'stays within the limit of an enterprise although two gateways of the bank decide at once',
    async () => {
      await revokeMandates(a);
      await grantMandate(a);
      const loanRules = join(projectRoot, 'scripts/samples/loan-rules.yaml');
      const second = await ExtraGateway.start(consortium(), a.msp, {}, {}, { loanRules });
      try {
        const claims = await a.officer.get(
          `/claims?product=micro-loan&enterprise=${otherExporter.id}&limit=200`,
        );
        const open = listAt(claims.body, 'items')
          .filter(({ state }) => !isOver(state as ClaimState))
          .reduce((sum, claim) => sum + Number(textAt(claim, 'outstanding.amount')), 0);
        const bodies = [];
        for (let count = 0; count < 6; count++) {
          const fact = await freshDeclaration(`${randomInt(30_000, 90_000)}.${randomInt(10, 100)}`);
          bodies.push(application(fact, await authoriseQuery(enterprise), usd('19000.00')));
        }
        const submitted = await Promise.all(
          bodies.map((body) => enterprise.post('/loan-applications', body)),
        );
        const loans = await Promise.all(submitted.map(({ body }) => decided(enterprise, textAt(body, 'id'))));
        const outcomes = loans.map((loan) => [loan['state'], ...rulesOf(loan)].join(' ')).sort();
        const fit = Math.floor((100_000 - open) / 19_000);
        expect(outcomes).toEqual([
          ...Array.from({ length: fit }, () => 'approved within-the-rules price'),
          ...Array.from({ length: 6 - fit }, () => 'declined enterprise-limit'),
        ]);
        for (const loan of loans.filter(({ state }) => state === 'approved')) {
          await a.officer.post(`/claims/${textAt(loan, 'claim')}/withdrawal`, {});
        }
      } finally {
        await second.stop();
      }
    },
    patience,
  );

  describe('refused', () => {
    let reader: BlockReader;
    let good: ReturnType<typeof application>;
    beforeAll(async () => {
      reader = await BlockReader.open(consortium());
      good = application(await freshDeclaration(), await authoriseQuery(enterprise), usd('300.00'));
    });
    afterAll(() => {
      reader.close();
    });

    it.each([
      ['a body without lines', 400, 'INPUT_INVALID', { lines: [] }, /lines/],
      ['an amount as a number', 400, 'INPUT_INVALID', { amount: { amount: 300, currency: 'USD' } }, /amount/],
      ['a sum that is wrong', 422, 'LINES_SUM', { amount: usd('301.00') }, /amount/],
      ['a bank that is none', 422, 'BANK_INVALID', { bank: 'CustomsMSP' }, /bank/],
      [
        'an unknown authorisation',
        404,
        'AUTHORISATION_NOT_FOUND',
        { authorisation: 'f'.repeat(64) },
        /authorisation/,
      ],
      [
        'an authorisation for another bank',
        409,
        'AUTHORISATION_UNFIT',
        { bank: 'BankBMSP' },
        /authorisation/,
      ],
    ])('with %s, and nothing is written', async (_what, status, code, more, field) => {
      const attempt = () => enterprise.post('/loan-applications', { ...good, ...more });
      await expectRefused(reader, attempt, { status, code, field });
    });

    it('from another enterprise on the same authorisation, from a bank, and for an unknown application', async () => {
      const other = await person('EnterpriseMSP', 'exporter-1');
      const refusals = [
        [() => other.post('/loan-applications', good), 404, 'AUTHORISATION_NOT_FOUND'],
        [() => a.officer.post('/loan-applications', good), 403, 'WRONG_ORGANISATION'],
        [
          () => a.approver.post(`/loan-applications/${'f'.repeat(64)}/decline`, { reason: 'No.' }),
          404,
          'LOAN_NOT_FOUND',
        ],
        [
          () => a.officer.post('/loan-mandates', { rules: 'x', largest: usd('1'), total: usd('1') }),
          400,
          'INPUT_INVALID',
        ],
      ] as const;
      for (const [attempt, status, code] of refusals) await expectRefused(reader, attempt, { status, code });
    });
  });
});
