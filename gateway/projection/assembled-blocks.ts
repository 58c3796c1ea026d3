import { Readable } from 'node:stream';
import type { LedgerEvent } from '@pledgeonce/chaincode/api.js';
import { partyKeys } from '@pledgeonce/chaincode/audit/party-keys.js';
import { registry } from '@pledgeonce/chaincode/ledger/addresses.js';
import { taggedKey } from '@pledgeonce/chaincode/ledger/tags.js';
import { digest } from '@pledgeonce/chaincode/rules/fingerprints.js';
import { limits } from '@pledgeonce/chaincode/schemas.js';
import type { VerifiedBlock, VerifiedBlocks } from '../ledger/blocks/block-source.js';
import type { OpenFullBlocks } from './follower.js';
import { onceFor } from '../once-for.js';
import {
  type BlockTransaction,
  type PrivateHash,
  type PrivateValue,
  readBlock,
  type ReadBlock,
} from './read-block.js';

/** Of whom one of the government's nodes is asked, or all of them. */
export type Asking = 'one' | 'all';

/** How an organisation finds and reads its own records, or those of a member that it has succeeded. */
export interface OwnCopies {
  /** The key by which it finds its own keys among the hashed ones of a block. */
  addresseeKey(): Promise<string>;
  /**
   * What the registry holds for it under these keys, in their order.
   *
   * @param keys without their tags.
   */
  records(keys: readonly string[], asking: Asking): Promise<readonly (string | null)[]>;
}

/** What an organisation without the registry follows the ledger with. */
export interface OwnView extends OwnCopies {
  readonly chaincode: string;
  /** Blocks of its own peer, verified; private values are not in them. */
  open(startBlock: number, previous?: Buffer): Promise<VerifiedBlocks>;
  /** Of the members that it has succeeded, as the blocks so far say. */
  inherited(): readonly OwnCopies[];
  /** Whether it is a member no more: then nobody hands it anything, and blocks are passed without. */
  isRemoved(): boolean;
}

/** One of the organisation's own records that a transaction wrote. */
interface Written {
  readonly key: string;
  /** As it is on the ledger. */
  readonly tagged: string;
  /** Hexadecimal SHA-256 of the value, as the block has it. */
  readonly valueHash: string;
}

/** So many blocks are fetched, verified and completed at once where there are some: each takes two questions over the network. */
const blocksAtOnce = 8;

/** A block with its records, as they were asked for while blocks before it were not in the tables yet. */
interface HeadStart {
  readonly read: ReadBlock;
  readonly inherited: readonly OwnCopies[];
  /** Undefined where they could not be had. */
  readonly completed: ReadBlock | undefined;
}

/**
 * Blocks of an organisation that is not of the government: each is verified, the own records that it wrote are found by the
 * organisation's tag, and only these are asked for. What comes back is held against its hash in the block, so it does not
 * matter who is asked; where one node's answer does not fit all are asked, and who says otherwise than two is named.
 */
export function assembledBlocks(own: OwnView): OpenFullBlocks {
  return async (startBlock, previous) => {
    const blocks = await own.open(startBlock, previous);
    return {
      close: () => {
        blocks.close();
      },
      [Symbol.asyncIterator]: async function* () {
        const begun = severalAtOnce(blocks, (one) => headStart(own, one));
        for await (const one of begun) yield await completedInTurn(own, one);
      },
    };
  };
}

/** What is made of each block, of several at once where there are some, in the order of the blocks. */
export function severalAtOnce<T>(
  blocks: AsyncIterable<VerifiedBlock>,
  work: (block: VerifiedBlock) => Promise<T>,
): AsyncIterable<T> {
  const source = Readable.from(blocks, { highWaterMark: 1 });
  return source.map(work, { concurrency: blocksAtOnce }) as AsyncIterable<T>;
}

async function headStart(own: OwnView, { block, hash }: VerifiedBlock): Promise<HeadStart> {
  const read = readBlock(block, hash, own.chaincode);
  const inherited = own.inherited();
  return { read, inherited, completed: await withRecords(own, inherited, read).catch(() => undefined) };
}

/** Asks again where that failed, or where a block before this one has made the organisation an heir meanwhile. */
async function completedInTurn(own: OwnView, { read, inherited, completed }: HeadStart): Promise<ReadBlock> {
  const present = own.inherited();
  const isSame =
    present.length === inherited.length && present.every((one, index) => one === inherited[index]);
  return isSame && completed !== undefined ? completed : withRecords(own, present, read);
}

/** The block with the records of all names under which the organisation has some. */
async function withRecords(
  own: OwnView,
  inherited: readonly OwnCopies[],
  read: ReadBlock,
): Promise<ReadBlock> {
  try {
    let block = await withOwnRecords(own, read);
    for (const copies of inherited) {
      const { transactions: more } = await withOwnRecords(copies, read);
      const values = block.transactions.map((one, index) => [...one.values, ...(more[index]?.values ?? [])]);
      const transactions = block.transactions.map((one, index) => ({ ...one, values: values[index] ?? [] }));
      block = { ...block, transactions };
    }
    return block;
  } catch (error) {
    if (own.isRemoved()) return read;
    throw error;
  }
}

/**
 * The block with the organisation's own records in it.
 *
 * @throws Error when two nodes do not hand out what the block says: it is taken in again later.
 */
export async function withOwnRecords(own: OwnCopies, read: ReadBlock): Promise<ReadBlock> {
  const { transactions } = read;
  const written = await Promise.all(transactions.map((transaction) => ownRecords(own, transaction)));
  const values = await readAll(own, written.flat());
  return {
    ...read,
    transactions: transactions.map((transaction, index) => ({
      ...transaction,
      values: (written[index] ?? []).flatMap(({ tagged }) => values.get(tagged) ?? []),
    })),
  };
}

const none: ReadonlySet<string> = new Set();

/** Keys that a party may hold of what an event tells, for every organisation of this process that looks for its own. */
const possibleKeys = onceFor(
  ({ changes }: LedgerEvent): ReadonlySet<string> => new Set(changes.flatMap(partyKeys)),
);

/** Hashes of the values that a transaction wrote into the registry, by those of their keys. */
const hashesInRegistry = onceFor(
  (hashes: readonly PrivateHash[]): ReadonlyMap<string, string> =>
    new Map(
      hashes.flatMap(({ collection, keyHash, valueHash }) =>
        collection === registry ? [[keyHash, valueHash] as const] : [],
      ),
    ),
);

/** The own records that the transaction wrote, which stand in the block as hashes only. */
async function ownRecords(
  own: Pick<OwnCopies, 'addresseeKey'>,
  { event, hashes }: BlockTransaction,
): Promise<Written[]> {
  const possible = event === undefined ? none : possibleKeys(event);
  const hashed = hashesInRegistry(hashes);
  if (possible.size === 0 || hashed.size === 0) return [];
  const secret = await own.addresseeKey();
  return [...possible].flatMap((key) => {
    const tagged = taggedKey(secret, key);
    const valueHash = hashed.get(digest(tagged));
    return valueHash === undefined ? [] : { key, tagged, valueHash };
  });
}

async function readAll(
  own: Pick<OwnCopies, 'records'>,
  written: readonly Written[],
): Promise<ReadonlyMap<string, PrivateValue>> {
  const found = new Map<string, PrivateValue>();
  for (let start = 0; start < written.length; start += limits.recordsPerReading) {
    const some = written.slice(start, start + limits.recordsPerReading);
    for (const value of await readFitting(own, some)) found.set(value.key, value);
  }
  return found;
}

async function readFitting(
  own: Pick<OwnCopies, 'records'>,
  written: readonly Written[],
): Promise<PrivateValue[]> {
  const keys = written.map(({ key }) => key);
  // Whatever one node says instead, another may know better.
  const first = fitting(written, await own.records(keys, 'one').catch(() => []));
  if (first.length === written.length) return first;
  const settled = fitting(written, await own.records(keys, 'all'));
  const lacking = written.length - settled.length;
  if (lacking > 0) throw new Error(`The registry does not hand out ${lacking} own records of a block.`);
  return settled;
}

function fitting(written: readonly Written[], records: readonly (string | null)[]): PrivateValue[] {
  return written.flatMap(({ tagged: key, valueHash }, index) => {
    const value = records[index];
    return typeof value === 'string' && digest(value) === valueHash
      ? { collection: registry, key, value }
      : [];
  });
}
