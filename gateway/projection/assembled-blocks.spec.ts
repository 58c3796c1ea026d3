import { service } from '@pledgeonce/chaincode/testing/loans.js';
import { claim, declaration, openLedger, people, record, usd } from '@pledgeonce/chaincode/testing/story.js';
import { digest } from '@pledgeonce/chaincode/rules/fingerprints.js';
import { type Asking, withOwnRecords } from './assembled-blocks.js';
import type { ReadBlock } from './read-block.js';

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
