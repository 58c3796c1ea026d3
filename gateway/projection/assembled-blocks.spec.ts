import { setImmediate as breathe } from 'node:timers/promises';
import { service } from '@pledgeonce/chaincode/testing/loans.js';
import { claim, declaration, openLedger, people, record, usd } from '@pledgeonce/chaincode/testing/story.js';
import { digest } from '@pledgeonce/chaincode/rules/fingerprints.js';
import type { VerifiedBlock } from '../ledger/blocks/block-source.js';
import { assembledBlocks, type Asking, type OwnCopies, withOwnRecords } from './assembled-blocks.js';
import type { ReadBlock } from './read-block.js';
import { specBlock } from './testing/spec-block.js';

type Records = readonly (string | null)[];

/** Blocks of claims of both banks, as everybody sees them, and what the honest nodes hand out to one of them. */
async function twoBanks(claimsOfOthers: number) {
  const ledger = await openLedger();
  await record(ledger, declaration({ total: usd('1000.00') }));
  const own = await ledger.submit('reserveClaims', people.bankA, { claims: [claim(ledger, '60.00')] });
  const others = [];
  for (let count = 0; count < claimsOfOthers; count++) {
    const claims = [claim(ledger, '1.00')];
    others.push(await ledger.submit('reserveClaims', people.bankB, { claims }));
  }
  const transactions = [own, ...others].map(({ event, writtenKeys, transactionId }, position) => ({
    transactionId,
    position,
    time: '2026-11-28T00:00:00.000Z',
    mspId: 'BankAMSP',
    certificate: '',
    code: 0,
    event,
    hashes: writtenKeys.flatMap(({ collection, key, value }) =>
      collection === undefined ? [] : { collection, keyHash: digest(key), valueHash: digest(value) },
    ),
    values: [],
  }));
  const block: ReadBlock = { number: 7, hash: '', transactions, malformed: [] };
  const asked: [Asking, readonly string[]][] = [];
  /** Follows for Bank A; the node that is asked alone may change what it says. */
  const follow = (lie: (records: Records) => Records | Promise<Records> = (records) => records) =>
    withOwnRecords(
      {
        addresseeKey: async () => (await ledger.endorse('readAddresseeKey', service, {})).answer.key,
        records: async (keys, asking) => {
          asked.push([asking, keys]);
          const { answer } = await ledger.endorse('readOwnRecords', service, { keys: [...keys] });
          return asking === 'one' ? lie(answer.records) : answer.records;
        },
      },
      block,
    );
  const [item] = own.answer.items;
  if (item?.status !== 'reserved') throw new Error('not reserved');
  return { ledger, follow, asked, id: item.claim.id };
}

const claimsIn = (block: ReadBlock) =>
  block.transactions.map(({ values }) => values.map(({ value }) => (JSON.parse(value) as { id: string }).id));

describe('blocks with the own records', () => {
  it('ask for the own records only, however many others there are in the block', async () => {
    const [few, many] = [await twoBanks(1), await twoBanks(12)];
    for (const { follow, asked, id } of [few, many]) {
      const [first, ...others] = claimsIn(await follow());
      expect(first).toEqual([id]);
      expect(others.flat()).toEqual([]);
      expect(asked).toEqual([['one', [`C~${id}~1`]]]);
    }
  });

  const lies: Record<string, (records: Records) => Records | Promise<Records>> = {
    'changes a value': (records) => records.map((value) => value?.replace('"6000"', '"9000"') ?? null),
    'keeps it back': (records) => records.map(() => null),
    'answers too little': () => [],
    'hands out what belongs to nobody': () => ['{}'],
    refuses: () => Promise.reject(new Error('NOT_INITIALISED')),
  };

  it.each(Object.entries(lies))('take nothing from a node that %s: all are asked', async (_, lie) => {
    const { follow, asked, id } = await twoBanks(1);
    const block = await follow(lie);
    expect(claimsIn(block)[0]).toEqual([id]);
    expect(block.transactions[0]?.values[0]?.value).toContain('"6000"');
    expect(asked.map(([asking]) => asking)).toEqual(['one', 'all']);
  });

  it('stop where the registry itself does not say what the block says', async () => {
    const { ledger, follow, id } = await twoBanks(1);
    ledger.missing.add(`BankAMSP/C~${id}~1`);
    await expect(follow()).rejects.toThrow('does not hand out 1 own records');
  });
});

/** A chain with a claim of Bank A in each block, and how Bank A follows it. */
async function chainOf(length: number) {
  const ledger = await openLedger();
  await record(ledger, declaration({ total: usd('1000.00') }));
  const blocks: VerifiedBlock[] = [];
  for (let number = 0; number < length; number++) {
    const written = await ledger.submit('reserveClaims', people.bankA, { claims: [claim(ledger, '1.00')] });
    blocks.push({ number, hash: Buffer.of(number), block: specBlock(number, 'pledgeonce', written) });
  }
  const { key } = (await ledger.endorse('readAddresseeKey', service, {})).answer;
  const known: OwnCopies = {
    addresseeKey: () => Promise.resolve(key),
    records: async (keys) =>
      (await ledger.endorse('readOwnRecords', service, { keys: [...keys] })).answer.records,
  };
  const nothing: OwnCopies = { ...known, addresseeKey: () => Promise.resolve('of somebody else') };
  let isClosed = false;
  let close: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => (close = resolve));
  const follow = (own: OwnCopies, inherited: () => readonly OwnCopies[] = () => []) =>
    assembledBlocks({
      ...own,
      chaincode: 'pledgeonce',
      open: () =>
        Promise.resolve({
          close: () => {
            isClosed = true;
            close();
          },
          [Symbol.asyncIterator]: async function* () {
            yield* blocks;
            // The next one has not been made yet.
            await closed;
          },
        }),
      inherited,
      isRemoved: () => false,
    })(0, undefined);
  return { known, nothing, follow, isClosed: () => isClosed };
}

describe('blocks that have been made while nobody followed', () => {
  it('are completed several at a time, and come in their order', async () => {
    const { known, follow } = await chainOf(20);
    let atWork = 0;
    let most = 0;
    const blocks = await follow({
      ...known,
      records: async (keys, asking) => {
        most = Math.max(most, (atWork += 1));
        // The first of each few is answered last.
        for (let turns = 8 - atWork; turns >= 0; turns--) await breathe();
        atWork -= 1;
        return known.records(keys, asking);
      },
    });
    const numbers: number[] = [];
    for await (const block of blocks) {
      numbers.push(block.number);
      expect(claimsIn(block)).toEqual([[expect.any(String)]]);
      if (numbers.length === 20) break;
    }
    expect(numbers).toEqual(Array.from({ length: 20 }, (_, number) => number));
    expect({ most: most > 1 && most <= 8 }).toEqual({ most: true });
    blocks.close();
  });

  it('are asked for again in their turn where their records could not be had before', async () => {
    const { known, follow } = await chainOf(4);
    const asked = new Map<string, number>();
    const blocks = await follow({
      ...known,
      records: (keys, asking) => {
        const times = (asked.get(keys.join()) ?? 0) + 1;
        asked.set(keys.join(), times);
        // One node, then all.
        return times <= 2 ? Promise.reject(new Error('away')) : known.records(keys, asking);
      },
    });
    const claims: string[][] = [];
    for await (const block of blocks) if (claims.push(...claimsIn(block)) === 4) break;
    expect(claims.map((one) => one.length)).toEqual([1, 1, 1, 1]);
    blocks.close();
  });

  it('hold what was inherited by a block before them', async () => {
    const { known, nothing, follow } = await chainOf(6);
    const inherited: OwnCopies[] = [];
    const blocks = await follow(nothing, () => [...inherited]);
    const claims: number[] = [];
    for await (const block of blocks) {
      claims.push(claimsIn(block).flat().length);
      if (block.number === 2) inherited.push(known);
      if (claims.length === 6) break;
    }
    expect(claims).toEqual([0, 0, 0, 1, 1, 1]);
    blocks.close();
  });

  it('end when nobody follows them any more', async () => {
    const { known, follow, isClosed } = await chainOf(2);
    const blocks = await follow(known);
    let count = 0;
    for await (const { number } of blocks) {
      count += 1;
      if (number === 1) blocks.close();
    }
    expect({ count, isClosed: isClosed() }).toEqual({ count: 2, isClosed: true });
  });
});
