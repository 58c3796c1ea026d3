import { ledger } from '@hyperledger/fabric-protos';
import { BANK_A, CUSTOMS, MEMBERS_ONLY, PAIR, PROBE, REGULATOR } from '../definition.js';
import { transactionsOf } from '../harness/blocks.js';
import { blockWithPrivateData } from '../harness/deliver.js';
import { fresh } from '../harness/fresh.js';
import type { Member } from '../harness/member.js';
import { bankA, connectPerson, customs, enrolledOfficer, regulator, tax } from '../harness/network.js';
import { arrange, type Outcome } from '../harness/perform.js';
import { seek } from '../harness/seek.js';

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
    )
    .sort();
}

describe('a block with private data', () => {
  const key = fresh('key');
  let outcome: Outcome;

  beforeAll(async () => {
    outcome = await arrange(customs, [
      ['putPrivate', PAIR, key, 'value'],
      ['putPrivate', MEMBERS_ONLY, key, 'value'],
    ]);
  });

  it('has it for clients of the collection’s members', async () => {
    const both = [`${MEMBERS_ONLY} ${key} value`, `${PAIR} ${key} value`];

    expect(await privateWrites(customs, outcome)).toEqual(both);
    expect(await privateWrites(tax, outcome)).toEqual(both);
  });

  it('has none of it at a peer whose organisation is no member', async () => {
    expect(await privateWrites(regulator, outcome)).toEqual([]);
  });

  it('has it for clients of others at a member’s peer, unless reads are members-only', async () => {
    const stranger = connectPerson(enrolledOfficer(REGULATOR), CUSTOMS);

    expect(await privateWrites(stranger, outcome)).toEqual([`${PAIR} ${key} value`]);
  });
});

describe('the channel’s policy of whole blocks', () => {
  it.each(['Deliver', 'DeliverWithPrivateData'] as const)(
    'refuses %s to whom it does not name, at every peer',
    async (method) => {
      for (const peer of [BANK_A, CUSTOMS]) {
        const member = connectPerson(enrolledOfficer(BANK_A), peer);

        expect(await seek(member, { start: 0, stop: 0, method })).toEqual({
          numbers: [],
          status: 'FORBIDDEN',
        });
      }
    },
  );

  it('leaves filtered blocks to every member', async () => {
    expect(await seek(bankA, { start: 0, stop: 0, method: 'DeliverFiltered' })).toEqual({
      numbers: [0],
      status: 'SUCCESS',
    });
  });
});
