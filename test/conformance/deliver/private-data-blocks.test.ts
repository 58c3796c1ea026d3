import { ledger } from '@hyperledger/fabric-protos';
import { PAIR, PROBE } from '../definition.js';
import { transactionsOf } from '../harness/blocks.js';
import { blockWithPrivateData } from '../harness/deliver.js';
import { fresh } from '../harness/fresh.js';
import type { Member } from '../harness/member.js';
import { bankA, customs, tax } from '../harness/network.js';
import { arrange, type Outcome } from '../harness/perform.js';

/** The private writes that came with a transaction in its block, as `collection key value`. */
async function privateWrites(member: Member, { block: number, txId }: Outcome): Promise<string[]> {
  const delivered = await blockWithPrivateData(member, number);
  const block = delivered.getBlock();
  const index = block ? transactionsOf(block).findIndex((transaction) => transaction.txId === txId) : -1;
  const sets = delivered.getPrivateDataMapMap().get(index)?.getNsPvtRwsetList() ?? [];
  return sets
    .filter((set) => set.getNamespace() === PROBE.name)
    .flatMap((set) => set.getCollectionPvtRwsetList())
    .flatMap((set) =>
      ledger.rwset.kvrwset.KVRWSet.deserializeBinary(set.getRwset_asU8())
        .getWritesList()
        .map(
          (write) =>
            `${set.getCollectionName()} ${write.getKey()} ${Buffer.from(write.getValue_asU8()).toString()}`,
        ),
    );
}

describe('a block with private data', () => {
  const key = fresh('key');
  let outcome: Outcome;

  beforeAll(async () => {
    outcome = await arrange(customs, [['putPrivate', PAIR, key, 'value']]);
  });

  it('has it for clients of the collection’s members', async () => {
    expect(await privateWrites(customs, outcome)).toEqual([`${PAIR} ${key} value`]);
    expect(await privateWrites(tax, outcome)).toEqual([`${PAIR} ${key} value`]);
  });

  it('has none of it for others', async () => {
    expect(await privateWrites(bankA, outcome)).toEqual([]);
  });
});
