import { keyOf } from '@pledgeonce/chaincode/ledger/addresses.js';
import { claim as claimKind } from '@pledgeonce/chaincode/claims/records.js';
import type { Member } from '@pledgeonce/chaincode/members/api.js';
import { certify, newAuthority } from '@pledgeonce/chaincode/testing/authorities.js';
import { Projection } from './projection.js';
import type { PrivateValue, ReadBlock } from './read-block.js';
import { claimRecord, idOf, requestRecord } from './testing/records.js';
import type { Viewpoint } from './viewpoint.js';

const bankB: Viewpoint = { mspId: 'BankBMSP', kind: 'bank', government: false };
const time = '2026-11-01T00:00:00.000Z';
const bank = (id: string, more: Partial<Member>): Member => ({
  id,
  title: id,
  kind: 'bank',
  state: 'admitted',
  since: time,
  ...more,
});
const merger: readonly Member[] = [
  bank('BankAMSP', { state: 'removed', successor: 'BankBMSP' }),
  bank('BankBMSP', { inherits: ['BankAMSP'] }),
];

/** What a block of the tests holds. */
interface Content {
  readonly values?: readonly PrivateValue[];
  readonly registered?: readonly Member[];
  /** Ids of claims that the transaction tells of. */
  readonly changed?: readonly string[];
}

async function blocks(...contents: readonly Content[]): Promise<ReadBlock[]> {
  const certificate = await certify(await newAuthority(), 'officer');
  return contents.map(({ values = [], registered = [], changed = [] }, number) => ({
    number,
    hash: number.toString(16).padStart(64, '0'),
    malformed: [],
    transactions: [
      {
        transactionId: `tx-${number}`,
        position: 0,
        time,
        mspId: 'TaxMSP',
        certificate,
        code: 0,
        event: {
          schema: 1 as const,
          changes: changed.map((id) => ({ kind: 'claim' as const, id, state: 'any', seq: 1 })),
          alerts: [],
        },
        registered,
        hashes: [],
        values,
      },
    ],
  }));
}

/** The block as the follower of somebody who has none of its records gives it. */
const withoutValues = (block: ReadBlock): ReadBlock => ({
  ...block,
  transactions: block.transactions.map((one) => ({ ...one, values: [] })),
});

/** Takes everything over that is left, from the blocks as the removed member could read them. */
function takeOver(projection: Projection, all: readonly ReadBlock[], most = Infinity): void {
  for (let count = 0; count < most; count++) {
    const next = projection.successions.unfilled();
    const block = next && all[next.nextBlock];
    if (next === undefined || block === undefined) return;
    projection.inherit(next.member, block);
  }
}

const shown = (projection: Projection) =>
  projection.claims
    .list({ limit: 10 })
    .items.map(({ applicationNumber, owner, state }) => [applicationNumber, owner, state])
    .toSorted();

const waiting = (projection: Projection) =>
  projection.inbox.list({ role: 'approver', limit: 10, now: time }).items.map(({ kind, id }) => [kind, id]);

describe('what a successor takes over', () => {
  const loan = (state: 'reserved' | 'accepted' | 'disbursed', seq: number) =>
    claimRecord('loan', { state, seq, ...(state === 'disbursed' && { paidOutAt: time }) });

  it('is in its tables as in those of the member that has gone, with what waits for people', async () => {
    const all = await blocks(
      { values: [loan('reserved', 1)], changed: [idOf('loan')] },
      { values: [claimRecord('other', { seq: 1 })], changed: [idOf('other')] },
      { registered: merger },
    );
    const projection = new Projection(':memory:', bankB);
    for (const block of all) projection.apply(withoutValues(block));
    expect(shown(projection)).toEqual([]);
    expect(projection.successions.inheritances()).toMatchObject([
      { member: 'BankAMSP', sinceBlock: 2, nextBlock: 0 },
    ]);
    takeOver(projection, all);
    expect(projection.successions.unfilled()).toBeUndefined();
    expect(shown(projection)).toEqual([
      ['loan', 'BankAMSP', 'reserved'],
      ['other', 'BankAMSP', 'reserved'],
    ]);
    expect(waiting(projection).toSorted()).toEqual(
      [
        ['claim-to-accept', idOf('loan')],
        ['claim-to-accept', idOf('other')],
      ].toSorted(),
    );
    const [total] = projection.portfolio('BankBMSP', '2026-11-05').totals;
    expect(total).toMatchObject({ claims: 2, amount: { amount: '120.00' } });
    projection.close();
  });

  it('does not take the place of what has happened since, and the book of a day that has passed is whole', async () => {
    const all = await blocks(
      { values: [loan('reserved', 1)], changed: [idOf('loan')] },
      { values: [loan('accepted', 2)], changed: [idOf('loan')] },
      { registered: merger },
      { values: [loan('disbursed', 3)], changed: [idOf('loan')] },
    );
    const projection = new Projection(':memory:', bankB);
    for (const block of all) projection.apply(block.number < 3 ? withoutValues(block) : block);
    expect(waiting(projection)).toEqual([]);
    takeOver(projection, all.slice(0, 3));
    expect(shown(projection)).toEqual([['loan', 'BankAMSP', 'disbursed']]);
    expect(waiting(projection)).toEqual([]);
    expect(projection.bookAt('BankBMSP', '2026-12-31T23:59:59.999Z').after(0, 10)).toMatchObject([
      { applicationNumber: 'loan', state: 'disbursed' },
    ]);
    // The day before the merger the loan was not in this bank's book.
    expect(projection.bookAt('BankBMSP', '2026-10-31T23:59:59.999Z').after(0, 10)).toEqual([]);
    projection.close();
  });

  it('goes on where it was, and takes nothing twice', async () => {
    const all = await blocks(
      { values: [loan('reserved', 1)], changed: [idOf('loan')] },
      { values: [claimRecord('other', { seq: 1 })], changed: [idOf('other')] },
      { registered: merger },
    );
    const projection = new Projection(':memory:', bankB);
    for (const block of all) projection.apply(withoutValues(block));
    takeOver(projection, all, 1);
    expect(shown(projection)).toHaveLength(1);
    const broken: ReadBlock = {
      ...(all[1] as ReadBlock),
      transactions: (all[1] as ReadBlock).transactions.map((one) => ({
        ...one,
        values: [
          ...one.values,
          { collection: 'registry', key: keyOf(claimKind, idOf('bad'), 1), value: '{}' },
        ],
      })),
    };
    expect(() => {
      projection.inherit('BankAMSP', broken);
    }).toThrow();
    expect(projection.successions.unfilled()?.nextBlock).toBe(1);
    expect(shown(projection)).toHaveLength(1);
    takeOver(projection, all);
    expect(shown(projection)).toHaveLength(2);
    projection.close();
  });

  it('asks its people to begin nothing in the name of the other', async () => {
    const request = requestRecord('need');
    const all = await blocks({ values: [request] }, { registered: merger });
    const projection = new Projection(':memory:', bankB);
    for (const block of all) projection.apply(withoutValues(block));
    takeOver(projection, all);
    expect(projection.requests.list({ limit: 10 }).items).toHaveLength(1);
    const officers = projection.inbox.list({ role: 'officer', limit: 10, now: time }).items;
    expect(officers).toEqual([]);
    projection.close();
  });
});

describe('everybody', () => {
  it('reads who has gone and who has the holdings, along a chain of successors', async () => {
    const all = await blocks(
      { registered: merger },
      {
        registered: [
          bank('BankBMSP', { state: 'removed', successor: 'BankCMSP', inherits: ['BankAMSP'] }),
          bank('BankCMSP', { inherits: ['BankBMSP', 'BankAMSP'] }),
        ],
      },
    );
    const viewpoint = { mspId: 'RegulatorMSP', kind: 'regulator', government: true } as const;
    const projection = new Projection(':memory:', viewpoint);
    for (const block of all) projection.apply(block);
    const { successions } = projection;
    expect(successions.removed()).toMatchObject([
      { member: 'BankAMSP', successor: 'BankBMSP' },
      { member: 'BankBMSP', successor: 'BankCMSP' },
    ]);
    expect(['BankAMSP', 'BankBMSP', 'BankCMSP'].map((one) => successions.holderOf(one))).toEqual(
      Array.from({ length: 3 }, () => 'BankCMSP'),
    );
    expect(successions.namesOf('BankCMSP')).toEqual(['BankCMSP', 'BankAMSP', 'BankBMSP']);
    expect([successions.isRemoved, successions.unfilled()]).toEqual([false, undefined]);
    projection.close();
    const gone = new Projection(':memory:', bankB);
    for (const block of all) gone.apply(block);
    expect(gone.successions.isRemoved).toBe(true);
    gone.close();
  });
});
