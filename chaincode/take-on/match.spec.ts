import fc from 'fast-check';
import type { FactInput, PartyId } from '../api.js';
import type { FakeLedger, Person } from '../testing/fake-ledger.js';
import {
  claim as ordinaryClaim,
  declaration,
  disburse,
  exporter,
  freshKey,
  invoice,
  openLedger,
  otherExporter,
  people,
  record,
  refuses,
  remainingOf,
  usd,
} from '../testing/story.js';
import { loanOn, openWindow, take, takeRefused } from '../testing/take-on.js';

const read = async (ledger: FakeLedger, id: string, person: Person = people.bankA) =>
  (await ledger.endorse('readClaim', person, { id })).answer;
const overdraft = async (ledger: FakeLedger, id: string, person: Person = people.bankA) =>
  (await ledger.endorse('readOverdraft', person, { id })).answer.overdrawn.map(({ by }) => by?.amount);
const repay = async (ledger: FakeLedger, id: string, amount: string) =>
  (
    await ledger.submit('repayClaim', people.bankA, {
      id,
      idempotencyKey: freshKey(),
      amount: usd(amount),
      source: 'proceeds',
    })
  ).answer;

/** @returns the claim that bank B has of it. */
const handOver = async (ledger: FakeLedger, id: string) => {
  await ledger.submit('offerTransfer', people.bankA, { id, idempotencyKey: freshKey(), to: 'BankBMSP' });
  const accepting = { id, idempotencyKey: freshKey(), applicationNumber: 'B-1' };
  return (await ledger.submit('acceptTransfer', people.approverB, accepting)).answer.id;
};

describe('a loan whose document no authority has recorded', () => {
  it('of which a share is sold waits in both banks’ books, and both lie on the document when it comes', async () => {
    const ledger = await openLedger();
    await openWindow(ledger);
    const { id } = await take(ledger, loanOn(declaration(), '60.00'));
    const offer = { id, idempotencyKey: freshKey(), to: 'BankBMSP', share: usd('25.00') };
    await ledger.submit('offerTransfer', people.bankA, offer);
    const accepting = { id, idempotencyKey: freshKey(), applicationNumber: 'B-1' };
    const { answer: share } = await ledger.submit('acceptTransfer', people.approverB, accepting);
    expect(share).toMatchObject({ takenOn: { unmatched: 1 }, lines: [{ unmatched: true }] });
    await record(ledger, declaration());
    expect(await remainingOf(ledger, declaration())).toBe('40.00');
    for (const [claim, person, amount] of [
      [id, people.bankA, '35.00'],
      [share.id, people.bankB, '25.00'],
    ] as const) {
      expect(await read(ledger, claim, person)).toMatchObject({
        takenOn: { unmatched: 0 },
        lines: [{ amount: usd(amount), drawn: usd(amount), outstanding: usd(amount) }],
      });
    }
    const own = {
      id: share.id,
      idempotencyKey: freshKey(),
      amount: usd('25.00'),
      source: 'proceeds',
    } as const;
    await ledger.submit('repayClaim', people.bankB, own);
    await repay(ledger, id, '35.00');
    expect(await remainingOf(ledger, declaration())).toBe('40.00');
  });

  it('waits without effect, and lies on the document as soon as it is recorded', async () => {
    const ledger = await openLedger();
    await openWindow(ledger);
    const one = await take(ledger, loanOn(declaration(), '60.00'));
    expect(one).toMatchObject({
      state: 'disbursed',
      takenOn: { unmatched: 1 },
      lines: [{ unmatched: true }],
    });
    expect(await overdraft(ledger, one.id)).toEqual([]);
    const other = await take(ledger, loanOn(declaration(), '70.00'), people.approverB);
    const { answer, event } = await ledger.submit('recordFacts', people.customs, { facts: [declaration()] });
    const [recorded] = answer.items;
    if (recorded?.status !== 'recorded') throw new Error('not recorded');
    expect(recorded.fact.overdrawn).toBe(true);
    expect(event?.alerts.map(({ alert, claims }) => [alert, claims])).toEqual([
      ['overdrawn', [one.id, other.id]],
      ['taken-on-matched', [one.id, other.id]],
    ]);
    const matched = await read(ledger, one.id);
    expect(matched).toMatchObject({ seq: 2, takenOn: { unmatched: 0 }, lines: [{ fact: recorded.fact.id }] });
    expect(matched.lines[0]?.unmatched).toBeUndefined();
    expect(await overdraft(ledger, one.id)).toEqual(['30.00']);
    // It lives as any claim.
    expect((await repay(ledger, one.id, '60.00')).state).toBe('settled');
    expect(await overdraft(ledger, other.id, people.bankB)).toEqual(['30.00']);
  });

  it('is found under any id of the issuer that the paper states', async () => {
    const ledger = await openLedger();
    await openWindow(ledger);
    const vat: PartyId = { scheme: 'VAT', id: 'NL820098395B01' };
    const gln: PartyId = { scheme: 'GLN', id: '4006381333931' };
    const paper: FactInput = invoice({ seller: { ...exporter, otherIds: [vat, gln] } });
    const byUscc = await take(ledger, loanOn(paper, '60.00'));
    const byVat = await take(ledger, loanOn(paper, '30.00', { enterprise: vat }), people.approverB);
    const byGln = await take(ledger, loanOn(paper, '20.00', { enterprise: gln }));
    await record(ledger, paper);
    expect(await remainingOf(ledger, paper)).toBe('0.00');
    expect(await overdraft(ledger, byUscc.id)).toEqual(['10.00']);
    expect(await overdraft(ledger, byVat.id, people.bankB)).toEqual(['10.00']);
    expect((await read(ledger, byGln.id)).takenOn?.unmatched).toBe(0);
  });

  it('waits on for a paper whose share had been repaid when the loan was brought, and lies on it when it comes', async () => {
    const ledger = await openLedger();
    await openWindow(ledger);
    await record(ledger, invoice());
    const lines = [declaration(), invoice()].map(({ type, number }, place) => ({
      document: { type, number },
      amount: usd(place === 0 ? '3.00' : '50.00'),
    }));
    const { id, owner } = await take(
      ledger,
      loanOn(declaration(), '53.00', { lines, outstanding: usd('50.00') }),
    );
    const waiting = async () =>
      (await ledger.endorse('readClaim', people.auditor, { id, owner })).answer.lines.map(
        ({ unmatched = false }) => unmatched,
      );
    expect(await waiting()).toEqual([true, false]);
    await record(ledger, declaration());
    expect(await waiting()).toEqual([false, false]);
    // What had been repaid is used up, and nothing else is held of it.
    expect(await remainingOf(ledger, declaration())).toBe('97.00');
  });

  it('is repaid and settled meanwhile, and what is repaid is used up when the document comes', async () => {
    const ledger = await openLedger();
    await openWindow(ledger);
    const settled = await take(ledger, loanOn(declaration(), '30.00'));
    const running = await take(ledger, loanOn(declaration(), '40.00'));
    expect((await repay(ledger, settled.id, '30.00')).state).toBe('settled');
    expect((await repay(ledger, running.id, '10.00')).state).toBe('partly-repaid');
    await record(ledger, declaration());
    expect(await remainingOf(ledger, declaration())).toBe('30.00');
    expect((await repay(ledger, running.id, '30.00')).state).toBe('settled');
    expect(await remainingOf(ledger, declaration())).toBe('30.00');
  });

  it('of two documents waits for the one that is missing, and draws on the other', async () => {
    const ledger = await openLedger();
    await openWindow(ledger);
    await record(ledger, declaration());
    const missing = invoice({ number: 'INV-777' });
    const of = (fact: FactInput, amount: string) => ({
      document: { type: fact.type, number: fact.number },
      amount: usd(amount),
    });
    const lines = [of(declaration(), '60.00'), of(missing, '20.00')];
    const { id, takenOn } = await take(ledger, loanOn(declaration(), '80.00', { lines }));
    expect(takenOn?.unmatched).toBe(1);
    expect(await remainingOf(ledger, declaration())).toBe('40.00');
    const proceeds = { id, idempotencyKey: freshKey(), amount: usd('5.00'), source: 'proceeds' } as const;
    const paid = await ledger.submit('repayClaim', people.bankA, {
      ...proceeds,
      document: { type: missing.type, number: 'inv 777' },
    });
    expect(paid.answer.lines.map(({ outstanding }) => outstanding.amount)).toEqual(['60.00', '15.00']);
    await record(ledger, missing);
    expect(await remainingOf(ledger, missing)).toBe('80.00');
    expect((await read(ledger, id)).takenOn?.unmatched).toBe(0);
  });

  it.each(['stands', 'was taken back'] as const)(
    'of two papers waits for both; repaid on one of them, which %s, it lies on both when they come',
    async (entry) => {
      const ledger = await openLedger();
      await openWindow(ledger);
      const missing = invoice({ number: 'INV-777' });
      const lines = [declaration(), missing].map(({ type, number }, place) => ({
        document: { type, number },
        amount: usd(place === 0 ? '30.00' : '20.00'),
      }));
      const { id } = await take(ledger, loanOn(declaration(), '50.00', { lines }));
      const proceeds = { id, idempotencyKey: freshKey(), amount: usd('30.00'), source: 'proceeds' } as const;
      const paid = { type: 'customs-declaration', number: declaration().number } as const;
      await ledger.submit('repayClaim', people.bankA, { ...proceeds, document: paid });
      if (entry === 'was taken back') {
        // So that the loan ends and is owed again: what waits, waits again.
        const { type, number } = missing;
        const rest = {
          ...{ ...proceeds, idempotencyKey: freshKey(), amount: usd('20.00') },
          document: { type, number },
        };
        await ledger.submit('repayClaim', people.bankA, rest);
        const reversal = { entry: 'repayment', repayment: 2, reason: 'It never came.' } as const;
        await ledger.submit('reverseEntry', people.bankA, { id, idempotencyKey: freshKey(), ...reversal });
        await ledger.submit('confirmStep', people.approverA, { id, idempotencyKey: freshKey() });
      }
      const waiting = async () => (await read(ledger, id)).lines.map(({ unmatched = false }) => unmatched);
      expect(await waiting()).toEqual([true, true]);
      await record(ledger, declaration());
      expect(await waiting()).toEqual([false, true]);
      await record(ledger, missing);
      expect(await waiting()).toEqual([false, false]);
      expect((await read(ledger, id)).takenOn?.unmatched).toBe(0);
      expect(await remainingOf(ledger, declaration())).toBe('70.00');
      expect(await remainingOf(ledger, missing)).toBe('80.00');
    },
  );

  it('is not matched by the seller’s own paper, and is by the authority’s that takes its place', async () => {
    const ledger = await openLedger();
    await openWindow(ledger);
    const own = invoice({ type: 'commercial-invoice' });
    const { id } = await take(ledger, loanOn(own, '60.00'));
    await record(ledger, own, people.exporter);
    expect((await read(ledger, id)).takenOn?.unmatched).toBe(1);
    await record(ledger, declaration({ cites: [{ type: 'commercial-invoice', number: own.number }] }));
    // The paper vouches for nothing by itself; the declaration beside it does, once the bank sends its line again.
    expect((await read(ledger, id)).takenOn?.unmatched).toBe(1);
    const again = loanOn(own, '60.00', { reference: (await read(ledger, id)).applicationNumber });
    expect((await take(ledger, again)).takenOn?.unmatched).toBe(0);
    expect(await remainingOf(ledger, declaration())).toBe('40.00');
  });

  it('waits for the paper of its own enterprise, whatever number it names', async () => {
    const ledger = await openLedger();
    await openWindow(ledger);
    const { id } = await take(ledger, loanOn(declaration({ seller: otherExporter }), '60.00'));
    await record(ledger, declaration());
    expect((await read(ledger, id)).takenOn?.unmatched).toBe(1);
    expect(await remainingOf(ledger, declaration())).toBe('100.00');
  });

  it('waits on where no rate is published, and is matched when its line is sent again', async () => {
    const ledger = await openLedger();
    await openWindow(ledger);
    const euro = (amount: string) => ({ amount, currency: 'EUR' });
    const line = loanOn(declaration(), '50.00');
    const inEuro = {
      ...line,
      amount: euro('50.00'),
      outstanding: euro('50.00'),
      lines: line.lines.map((one) => ({ ...one, amount: euro('50.00') })),
    };
    const { id } = await take(ledger, inEuro);
    await record(ledger, declaration());
    expect((await read(ledger, id)).takenOn?.unmatched).toBe(1);
    const date = new Date(ledger.now).toISOString().slice(0, 10);
    await ledger.submit('publishRates', people.regulator, {
      base: 'USD',
      date,
      rates: [{ currency: 'EUR', rate: '1.2' }],
    });
    const before = ledger.snapshot().size;
    expect((await take(ledger, inEuro)).lines[0]?.drawn).toEqual(usd('60.00'));
    expect(ledger.snapshot().size).toBeGreaterThan(before);
    expect(await remainingOf(ledger, declaration())).toBe('40.00');
    expect((await ledger.submit('takeOn', people.approverA, { lines: [inEuro] })).writes.size).toBe(0);
  });

  it('is one of so many at most, so that recording the document stays bounded', async () => {
    const ledger = await openLedger();
    await openWindow(ledger);
    for (let count = 0; count < 20; count++) await take(ledger, loanOn(declaration(), '1.00'));
    await takeRefused(ledger, 'TOO_MANY_DRAWS', loanOn(declaration(), '1.00'));
    await record(ledger, declaration());
    expect(await remainingOf(ledger, declaration())).toBe('80.00');
  });

  it('is handed over to another bank and matched there', async () => {
    const ledger = await openLedger();
    await openWindow(ledger);
    const { id } = await take(ledger, loanOn(declaration(), '60.00'));
    const accepted = await handOver(ledger, id);
    await record(ledger, declaration());
    const taken = await read(ledger, accepted, people.bankB);
    expect([taken.takenOn?.unmatched, taken.outstanding]).toEqual([0, usd('60.00')]);
    expect(await remainingOf(ledger, declaration())).toBe('40.00');
  });

  it.each(['by its own bank', 'after it was handed over'] as const)(
    'was repaid %s before the document came; taken back, the repayment is drawn on the document again',
    async (how) => {
      const ledger = await openLedger();
      await openWindow(ledger);
      const brought = await take(ledger, loanOn(declaration(), '60.00'));
      const isHandedOver = how === 'after it was handed over';
      const id = isHandedOver ? await handOver(ledger, brought.id) : brought.id;
      const [officer, approver] = isHandedOver
        ? [people.bankB, people.approverB]
        : [people.bankA, people.approverA];
      const proceeds = { id, idempotencyKey: freshKey(), amount: usd('60.00'), source: 'proceeds' } as const;
      expect((await ledger.submit('repayClaim', officer, proceeds)).answer.state).toBe('settled');
      const recorded = await record(ledger, declaration());
      expect(await remainingOf(ledger, declaration())).toBe('40.00');
      const reversal = { entry: 'repayment', repayment: 1, reason: 'It never came.' } as const;
      await ledger.submit('reverseEntry', officer, { id, idempotencyKey: freshKey(), ...reversal });
      const confirmed = { id, idempotencyKey: freshKey() };
      const { answer, writes, event } = await ledger.submit('confirmStep', approver, confirmed);
      expect(answer).toMatchObject({
        state: 'disbursed',
        outstanding: usd('60.00'),
        takenOn: { unmatched: 0 },
        lines: [{ fact: recorded.id }],
      });
      expect(event?.alerts ?? []).toEqual([]);
      const keys = [...writes.keys()].map((key) => key.replace(/[0-9a-f]{64}/, '#')).sort();
      const seq = answer.seq;
      expect(keys).toEqual([
        `${officer.mspId}/C~#~${seq}`,
        `EnterpriseMSP/C~#~${seq}`,
        'public/claim~#',
        'registry/U~#',
      ]);
      const trade = writes.get([...writes.keys()].find((key) => key.startsWith('registry/U~')) ?? '') ?? '';
      expect(JSON.parse(trade)).toMatchObject({
        draws: [{ claim: id, owner: officer.mspId, fact: recorded.id, amount: '6000' }],
        rows: [{ fact: recorded.id, consumed: '0' }],
      });
      // It is drawn once: repaid again it is used up, and no more than that.
      expect(await remainingOf(ledger, declaration())).toBe('40.00');
      const again = { ...proceeds, idempotencyKey: freshKey() };
      expect((await ledger.submit('repayClaim', officer, again)).answer.state).toBe('settled');
      expect(await remainingOf(ledger, declaration())).toBe('40.00');
    },
  );

  it('does not stand in the way of ordinary claims, which are refused once it is matched and nothing is left', async () => {
    const ledger = await openLedger();
    await openWindow(ledger);
    await take(ledger, loanOn(declaration(), '100.00'));
    await record(ledger, declaration());
    await refuses(ledger, 'EXCEEDS_BALANCE', () => disburse(ledger, ordinaryClaim(ledger, '1.00')));
  });
});

/** What happens on day one, in any order: a bank brings a loan, or an authority records a paper. */
const papers: readonly FactInput[] = [
  declaration(),
  invoice({ number: 'INV-001', cites: [{ type: 'customs-declaration', number: declaration().number }] }),
  invoice({ number: 'INV-002', total: usd('50.00') }),
];

const neverRecorded = invoice({ number: 'INV-404' });

/** A loan on its shares of one paper or several, of which a little has been repaid. */
function sharesOf({ shares, repaid }: Shares) {
  const lent = shares.reduce((sum, { amount }) => sum + amount, 0);
  const lines = shares.map(({ paper, amount }) => {
    const { type, number } = papers[paper] ?? neverRecorded;
    return { document: { type, number }, amount: usd(`${amount}.00`) };
  });
  const outstanding = usd(`${Math.max(1, lent - repaid)}.00`);
  return loanOn(neverRecorded, `${lent}.00`, { lines, outstanding });
}

interface Shares {
  readonly shares: readonly { readonly paper: number; readonly amount: number }[];
  readonly repaid: number;
}

describe('whatever the order', () => {
  it('the same conflicts are found', async () => {
    // A share of one paper or of two, also of one that never comes; others hold their own shares of the same.
    const share = fc.record({
      paper: fc.integer({ min: 0, max: papers.length }),
      amount: fc.integer({ min: 1, max: 120 }),
    });
    const loan = fc.record({
      shares: fc.uniqueArray(share, { minLength: 1, maxLength: 2, selector: ({ paper }) => paper }),
      bank: fc.constantFrom(people.approverA, people.approverB),
      repaid: fc.integer({ min: 0, max: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(loan, { minLength: 1, maxLength: 6 }).chain((book) => {
          const events = [...book.keys(), ...papers.map((_paper, place) => -1 - place)];
          const order = fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length });
          return fc.record({ book: fc.constant(book), one: order, other: order });
        }),
        async ({ book, one, other }) => {
          const happens = async (order: readonly number[]) => {
            const ledger = await openLedger();
            await openWindow(ledger);
            const claims = new Map<number, { readonly id: string; readonly owner: string }>();
            for (const event of order) {
              const paper = papers[-1 - event];
              if (paper !== undefined) await record(ledger, paper);
              const brought = book[event];
              if (brought === undefined) continue;
              claims.set(event, await take(ledger, sharesOf(brought), brought.bank));
            }
            const found = [];
            for (const [event, { id, owner }] of [...claims].sort(([left], [right]) => left - right)) {
              const { answer } = await ledger.endorse('readOverdraft', people.auditor, { id, owner });
              const { lines } = (await ledger.endorse('readClaim', people.auditor, { id, owner })).answer;
              const waiting = lines.map(({ unmatched = false }) => unmatched);
              expect(waiting).toEqual(book[event]?.shares.map(({ paper }) => papers[paper] === undefined));
              found.push([event, answer.overdrawn.map(({ family, by }) => `${family} ${by?.amount}`).sort()]);
            }
            const left = [];
            for (const paper of papers) left.push(await remainingOf(ledger, paper));
            return { found, left };
          };
          expect(await happens(one)).toEqual(await happens(other));
        },
      ),
      { numRuns: 15 },
    );
  });
});
