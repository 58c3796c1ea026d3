import * as fc from 'fast-check';
import type { ClaimInput, FactInput } from '../api.js';
import { LedgerError } from '../errors.js';
import type { FakeLedger } from '../testing/fake-ledger.js';
import {
  claim,
  declaration,
  exporter,
  freshKey,
  invoice,
  openLedger,
  people,
  remainingOf,
  usd,
} from '../testing/story.js';

const documents: readonly FactInput[] = ['0', '1', '2', '3', '4'].map((last) =>
  declaration({ number: `31012026051678901${last}` }),
);

function claimOn(ledger: FakeLedger, fact: FactInput, amount: string, key = freshKey()): ClaimInput {
  const lines = [{ document: { type: fact.type, number: fact.number }, amount: usd(amount) }];
  return claim(ledger, amount, { lines, idempotencyKey: key });
}

async function ledgerWith(facts: readonly FactInput[]): Promise<FakeLedger> {
  const ledger = await openLedger();
  if (facts.length > 0) await ledger.submit('recordFacts', people.customs, { facts: [...facts] });
  return ledger;
}

describe('a batch', () => {
  it('reads what its items need in a few messages, however many they are', async () => {
    const ledger = await ledgerWith(documents);
    const reserve = async (facts: readonly FactInput[]) => {
      await ledger.endorse('reserveClaims', people.bankA, {
        claims: facts.map((fact) => claimOn(ledger, fact, '60.00')),
      });
      return ledger.readings;
    };
    expect(await reserve(documents)).toBe(await reserve(documents.slice(0, 2)));
  });

  it('refuses claims on documents that nobody has recorded in few messages, and says why of each line', async () => {
    const ledger = await ledgerWith([]);
    const refused = async (claims: number, lines: number) => {
      const numberOf = (index: number) => `3101202605${String(index).padStart(8, '0')}`;
      const { answer } = await ledger.endorse('reserveClaims', people.bankA, {
        claims: Array.from({ length: claims }, (_, index) =>
          claim(ledger, `${lines}.00`, {
            lines: Array.from({ length: lines }, (_line, place) => ({
              document: { type: 'customs-declaration', number: numberOf(index * 100 + place) },
              amount: usd('1.00'),
            })),
          }),
        ),
      });
      const reasons = answer.items.map((item) =>
        item.status === 'refused' ? [item.code, item.lines?.length] : item.status,
      );
      expect(reasons).toEqual(Array.from({ length: claims }, () => ['NOT_VERIFIED', lines]));
      return ledger.readings;
    };
    expect(await refused(10, 20)).toBe(await refused(10, 1));
  });

  it('ends as its items would one after the other, whatever they are', async () => {
    const item = fc.record({
      document: fc.nat({ max: documents.length - 1 }),
      amount: fc.constantFrom('10.00', '40.00', '60.00', '100.01'),
      key: fc.nat({ max: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(item, { minLength: 2, maxLength: 8 }),
        fc.nat({ max: documents.length }),
        async (items, recorded) => {
          const [together, apart] = await Promise.all([
            ledgerWith(documents.slice(0, recorded)),
            ledgerWith(documents.slice(0, recorded)),
          ]);
          apart.now = together.now;
          const claims = items.map(({ document, amount, key }) =>
            claimOn(together, documents[document] ?? declaration(), amount, `key-0000000${key}`),
          );
          expect(await verdictsOf(together, claims)).toEqual(
            await one(claims, async (only) => (await verdictsOf(apart, [only]))[0]),
          );
          for (const fact of documents.slice(0, recorded)) {
            expect(await remainingOf(together, fact)).toBe(await remainingOf(apart, fact));
          }
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);

  it('gives every verdict and writes nothing where all are refused, however long the verdicts are', async () => {
    const ledger = await ledgerWith(documents);
    const claims = Array.from({ length: 100 }, () => ({ nonsense: 'x'.repeat(1_000) }));
    const { answer, writes } = await ledger.submit('reserveClaims', people.bankA, {
      claims: claims,
    });
    expect(answer.items.map(({ index, status }) => [index, status])).toEqual(
      claims.map((_, index) => [index, 'refused']),
    );
    expect(writes.size).toBe(0);
  });

  it('tells of documents that its own items bring together', async () => {
    const ledger = await openLedger();
    const alike = [
      declaration({ number: '310120260516789012' }),
      declaration({ number: '310120260516789013' }),
    ];
    const { answer, event } = await ledger.submit('recordFacts', people.customs, { facts: alike });
    expect(answer.items).toMatchObject([{ status: 'recorded' }, { status: 'recorded' }]);
    expect(event?.alerts).toMatchObject([{ alert: 'near-duplicate' }]);
  });

  it.each(['F', 'U'])('refuses nothing because the endorser lacks private data (%s)', async (prefix) => {
    const ledger = await ledgerWith(documents);
    const [missing] = [...ledger.snapshot().keys()].filter((key) => key.startsWith(`registry/${prefix}~`));
    ledger.missing.add(missing ?? '');
    const attempt = ledger.endorse('reserveClaims', people.bankA, {
      claims: documents.map((fact) => claimOn(ledger, fact, '60.00')),
    });
    await expect(attempt).rejects.toThrow('private data matching public hash version is not available');
    await expect(attempt).rejects.not.toBeInstanceOf(LedgerError);
  });

  it('nor because it lacks what says under which further key a document is found', async () => {
    const ledger = await openLedger();
    const vat = { scheme: 'VAT', id: 'DE123456788' } as const;
    const fact = invoice({ seller: { ...exporter, otherIds: [vat] } });
    await ledger.submit('recordFacts', people.tax, { facts: [{ ...fact, type: 'tax-invoice' }] });
    const document = { type: 'tax-invoice' as const, number: fact.number, issuer: vat };
    const claims = [1, 2].map(() =>
      claim(ledger, '60.00', {
        enterprise: vat,
        lines: [{ document, amount: usd('60.00') }],
        idempotencyKey: freshKey(),
      }),
    );
    const { answer } = await ledger.endorse('reserveClaims', people.bankA, { claims });
    expect(answer.items.map(({ status }) => status)).toEqual(['reserved', 'refused']);
    const aliases = [...ledger.snapshot().keys()].filter((key) => key.startsWith('registry/FK~'));
    expect(aliases).toHaveLength(1);
    for (const alias of aliases) ledger.missing.add(alias);
    await expect(ledger.endorse('reserveClaims', people.bankA, { claims })).rejects.toThrow(
      'private data matching public hash version is not available',
    );
  });
});

/** What the bank is told of each claim, after what was granted is on the ledger. */
async function verdictsOf(ledger: FakeLedger, claims: readonly ClaimInput[]): Promise<unknown[]> {
  try {
    const { answer } = await ledger.submit('reserveClaims', people.bankA, { claims: [...claims] });
    return answer.items.map((item) =>
      item.status === 'refused' ? item.code : { id: item.claim.id, amount: item.claim.amount },
    );
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return [error.code];
  }
}

async function one<I, A>(items: readonly I[], each: (item: I) => Promise<A>): Promise<A[]> {
  const answers: A[] = [];
  for (const item of items) answers.push(await each(item));
  return answers;
}
