import fc from 'fast-check';
import type { FactInput } from '../facts/api.js';
import { LedgerError } from '../errors.js';
import { type CarriedDocument, notCarried } from '../testing/carried-by-cuts.js';
import type { FakeLedger } from '../testing/fake-ledger.js';
import {
  claim,
  declaration,
  exporter,
  freshKey,
  invoice,
  openLedger,
  otherExporter,
  people,
  record,
  reserve,
  usd,
} from '../testing/story.js';

type Kind = CarriedDocument['kind'];
const papers = [
  { id: 'PO1', kind: 'order', cites: [] },
  { id: 'PO2', kind: 'order', cites: [] },
  { id: 'INV1', kind: 'invoice', cites: ['PO1'] },
  { id: 'INV2', kind: 'invoice', cites: ['PO1', 'PO2'] },
  { id: '310120260516789012', kind: 'declaration', cites: ['INV1'] },
] as const satisfies readonly { id: string; kind: Kind; cites: readonly string[] }[];
const typeOf = {
  order: 'purchase-order',
  invoice: 'tax-invoice',
  declaration: 'customs-declaration',
} as const;
const kindOf = new Map<string, Kind>(papers.map(({ id, kind }) => [id, kind]));

/** What one of the parties tries. Whether the ledger lets it is its business. */
interface Attempt {
  readonly what:
    'record' | 'confirm' | 'reserve' | 'move' | 'share' | 'repay' | 'withdraw' | 'amend' | 'cancel';
  readonly paper: number;
  readonly other: number;
  readonly bank: 'A' | 'B';
  readonly amount: number;
}
const orders = 2;
const attempts = fc
  .array(
    fc.record<Attempt>({
      what: fc.constantFrom(
        ...(['record', 'record', 'confirm', 'reserve', 'reserve', 'move', 'move', 'move'] as const),
        ...(['share', 'share', 'repay', 'withdraw', 'amend', 'cancel'] as const),
      ),
      paper: fc.nat(papers.length - 1),
      other: fc.integer({ min: orders, max: papers.length - 1 }),
      bank: fc.constantFrom('A', 'B'),
      amount: fc.constantFrom(20, 20, 40, 60, 100),
    }),
    { minLength: 10, maxLength: 30 },
  )
  .map((all) => [
    ...begun,
    // Only orders are confirmed, and only from orders a claim is moved.
    ...all.map((one) =>
      one.what === 'confirm' || one.what === 'move' ? { ...one, paper: one.paper % orders } : one,
    ),
  ]);

/** An order of 100, lent on by bank A, and a first invoice of it. */
const begun = (
  [
    ['record', 0, 100],
    ['confirm', 0, 100],
    ['reserve', 0, 60],
    ['record', 2, 60],
  ] as const
).map(([what, paper, amount]): Attempt => ({ what, paper, other: orders, bank: 'A', amount }));

/** The trade as the test has seen it come about: what the ledger has accepted, and nothing that it says of itself. */
interface Known {
  readonly facts: Map<string, { fact: string; states: number; confirmed: number; cancelled: boolean }>;
  readonly claims: { id: string; bank: 'A' | 'B'; paidOut: boolean; live: Map<string, number> }[];
  /** Repaid from the proceeds, for good. */
  readonly consumed: Map<string, number>;
}

const documentOf = (id: string) => ({ type: typeOf[kindOf.get(id) ?? 'order'], number: id });

function factInput({ id, kind, cites }: (typeof papers)[number], amount: number): FactInput {
  const base = kind === 'declaration' ? declaration() : invoice();
  return {
    ...base,
    ...documentOf(id),
    total: usd(`${amount}.00`),
    cites: cites.map(documentOf),
    ...(kind === 'order' && { buyer: { ...otherExporter, name: 'Buyer' } }),
  };
}

function sketchOf({ facts, claims, consumed }: Known): CarriedDocument[] {
  return papers.flatMap(({ id, kind, cites }) => {
    const known = facts.get(id);
    if (known === undefined) return [];
    const worth = kind === 'order' ? Math.min(known.states, known.confirmed) : known.states;
    const live = claims.reduce((sum, one) => sum + (one.live.get(id) ?? 0), 0);
    return [{ id, kind, cites, states: known.cancelled ? 0 : worth, drawn: live + (consumed.get(id) ?? 0) }];
  });
}

/** Everything that an attempt is about. */
interface About extends Attempt {
  readonly ledger: FakeLedger;
  readonly known: Known;
  readonly asked: (typeof papers)[number];
  readonly fact: { fact: string; states: number; confirmed: number; cancelled: boolean };
  readonly own: Known['claims'][number] | undefined;
}

const money = (amount: number) => usd(`${amount}.00`);
const officers = { A: people.bankA, B: people.bankB };
const approvers = { A: people.approverA, B: people.approverB };
/** Accepted and paid out, once. */
async function payOut(ledger: FakeLedger, own: Known['claims'][number]): Promise<void> {
  if (own.paidOut) return;
  const command = () => ({ id: own.id, idempotencyKey: freshKey() });
  await ledger.submit('acceptClaim', approvers[own.bank], command());
  await ledger.submit('disburseClaim', officers[own.bank], command());
  own.paidOut = true;
}

const recorders = { order: people.exporter, invoice: people.tax, declaration: people.customs };

/** Each refuses by throwing; false where there is nothing to try it on. */
const acts: Readonly<Record<Attempt['what'], (about: About) => Promise<boolean>>> = {
  record: async ({ ledger, known, asked, amount, fact }) => {
    const { id } = await record(ledger, factInput(asked, amount));
    known.facts.set(asked.id, { ...fact, fact: id, states: amount, cancelled: false });
    return true;
  },
  amend: async ({ ledger, known, asked, amount, fact }) => {
    const change = { id: fact.fact, reason: 'Changed.', changes: { total: money(amount) } };
    await ledger.submit('amendFact', recorders[asked.kind], change);
    known.facts.set(asked.id, { ...fact, states: amount });
    return true;
  },
  cancel: async ({ ledger, known, asked, fact }) => {
    await ledger.submit('cancelFact', recorders[asked.kind], { id: fact.fact, reason: 'Taken back.' });
    known.facts.set(asked.id, { ...fact, cancelled: true });
    return true;
  },
  confirm: async ({ ledger, known, asked: { id }, amount, fact }) => {
    await ledger.submit('confirmDebt', people.otherExporter, {
      idempotencyKey: freshKey(),
      document: { type: 'purchase-order', number: id },
      particulars: { seller: exporter, total: money(fact.states) },
      amount: money(amount),
    });
    known.facts.set(id, { ...fact, confirmed: amount });
    return true;
  },
  reserve: async ({ ledger, known, asked: { id, kind }, amount, bank }) => {
    const product = kind === 'order' ? 'order' : 'invoice';
    const lines = [{ document: documentOf(id), amount: money(amount) }];
    const made = await reserve(
      ledger,
      claim(ledger, money(amount).amount, { product, lines }),
      officers[bank],
    );
    known.claims.push({ id: made.id, bank, paidOut: false, live: new Map([[id, amount]]) });
    return true;
  },
  move: async ({ ledger, own, asked: { id }, other, amount, bank }) => {
    const onto = papers[other]?.id ?? id;
    if (own === undefined) return false;
    const lines = [{ order: { number: id }, document: documentOf(onto), amount: money(amount) }];
    await ledger.submit('moveClaim', officers[bank], { id: own.id, idempotencyKey: freshKey(), lines });
    own.live.set(id, (own.live.get(id) ?? 0) - amount);
    own.live.set(onto, (own.live.get(onto) ?? 0) + amount);
    return true;
  },
  share: async ({ ledger, known, own, amount, bank }) => {
    if (own === undefined) return false;
    const outstanding = [...own.live.values()].reduce((sum, one) => sum + one, 0);
    // In whole dollars, so that the sketch needs no cents.
    if ([...own.live.values()].some((one) => (one * amount) % outstanding !== 0)) return false;
    await payOut(ledger, own);
    const [other, command] = [
      bank === 'A' ? 'B' : 'A',
      () => ({ id: own.id, idempotencyKey: freshKey() }),
    ] as const;
    const offer = { ...command(), to: `Bank${other}MSP`, share: money(amount) };
    await ledger.submit('offerTransfer', officers[bank], offer);
    const taking = { ...command(), applicationNumber: freshKey() };
    const { answer } = await ledger.submit('acceptTransfer', approvers[other], taking);
    const live = new Map([...own.live].map(([id, one]) => [id, (one * amount) / outstanding]));
    for (const [id, gone] of live) own.live.set(id, (own.live.get(id) ?? 0) - gone);
    known.claims.push({ id: answer.id, bank: other, paidOut: true, live });
    return true;
  },
  withdraw: async ({ ledger, own, bank }) => {
    if (own === undefined) return false;
    await ledger.submit('withdrawClaim', officers[bank], { id: own.id, idempotencyKey: freshKey() });
    own.live.clear();
    return true;
  },
  repay: async ({ ledger, known, own, asked: { id }, amount, bank }) => {
    if (own === undefined) return false;
    await payOut(ledger, own);
    const held = own.live.get(id) ?? 0;
    const repaid = Math.min(amount, held);
    const document = documentOf(id);
    const command = { id: own.id, idempotencyKey: freshKey() };
    const repayment = { ...command, amount: money(repaid), source: 'proceeds' as const, document };
    await ledger.submit('repayClaim', officers[bank], repayment);
    own.live.set(id, held - repaid);
    known.consumed.set(id, (known.consumed.get(id) ?? 0) + repaid);
    return true;
  },
};

/** @returns whether the ledger has let it, and wrote nothing where it has not. */
async function attempt(ledger: FakeLedger, known: Known, one: Attempt): Promise<boolean> {
  const asked = papers[one.paper] ?? papers[0];
  const fact = known.facts.get(asked.id) ?? { fact: '', states: 0, confirmed: 0, cancelled: true };
  if (fact.fact === '' && one.what !== 'record') return false;
  const own = known.claims.find(({ bank, live }) => bank === one.bank && (live.get(asked.id) ?? 0) > 0);
  const before = ledger.snapshot();
  try {
    return await acts[one.what]({ ...one, ledger, known, asked, fact, own });
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    // What was accepted before a repayment, or offered before a sale, was refused stays so.
    expect(one.what === 'repay' || one.what === 'share' ? before : ledger.snapshot()).toEqual(before);
    return false;
  }
}

/** Authorities say what is so, and a paper that comes or is confirmed late may show that too much is drawn. */
function mayShowTooMuch({ what, paper }: Attempt): boolean {
  if (what === 'record' || what === 'confirm') return true;
  return papers[paper]?.kind !== 'order' && (what === 'amend' || what === 'cancel');
}

/** Seeds under which it once failed: they are tried again besides those that chance brings. */
const failedOnce = [147481621, -1136023978];

describe('what is drawn on orders and on what is invoiced of them', () => {
  it.each<readonly [string, { readonly seed?: number }]>([
    ['chance', {}],
    ...failedOnce.map((seed) => [`seed ${seed}`, { seed }] as const),
  ])(
    'is carried by both, in whatever order they are recorded, confirmed, drawn on, moved, changed and taken back: %s',
    async (_, chosen) => {
      const done: Attempt['what'][] = [];
      await fc.assert(
        fc.asyncProperty(attempts, async (all) => {
          const ledger = await openLedger();
          const known: Known = { facts: new Map(), claims: [], consumed: new Map() };
          for (const one of all) {
            const before = notCarried(sketchOf(known));
            if (!(await attempt(ledger, known, one))) continue;
            done.push(one.what);
            const after = notCarried(sketchOf(known));
            const most = mayShowTooMuch(one) ? after : before;
            expect([one, after]).toEqual([one, Math.min(after, most)]);
            const overdrawn = sketchOf(known).filter(
              ({ kind, drawn, states }) => kind === 'order' && drawn > states,
            );
            expect(overdrawn).toEqual([]);
          }
        }),
        { numRuns: 60, ...chosen },
      );
      // The property has seen what it speaks of.
      for (const what of ['reserve', 'move', 'share', 'repay', 'amend', 'cancel'] as const)
        expect(done).toContain(what);
    },
    240_000,
  );
});
