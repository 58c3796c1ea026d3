import { common, ledger, peer } from '@hyperledger/fabric-protos';
import { eventSchema } from '@pledgeonce/chaincode/api.js';
import type { LedgerEvent } from '@pledgeonce/chaincode/api.js';
import { readKey } from '@pledgeonce/chaincode/ledger/addresses.js';
import { decodeRecord } from '@pledgeonce/chaincode/ledger/records.js';
import type { Member } from '@pledgeonce/chaincode/members/api.js';
import { member } from '@pledgeonce/chaincode/members/records.js';
import type { OpenedEnvelope, Signer } from '../ledger/blocks/open-envelope.js';
import { openedEnvelopes } from '../ledger/blocks/opened-envelopes.js';
import { codesOf } from '../ledger/blocks/verdicts.js';
import { validCode } from '../ledger/commit-watcher.js';
import { isMalformed } from './malformed.js';

const { kvrwset } = ledger.rwset;
const configuration: number = common.HeaderType.CONFIG;
const endorserTransaction: number = common.HeaderType.ENDORSER_TRANSACTION;

/** The hash of one private value, as every peer of the channel holds it. */
export interface PrivateHash {
  readonly collection: string;
  /** Hexadecimal SHA-256 of the key. */
  readonly keyHash: string;
  /** Hexadecimal SHA-256 of the value. */
  readonly valueHash: string;
}

/** One private value that is the organisation's to see, in clear. */
export interface PrivateValue {
  readonly collection: string;
  readonly key: string;
  readonly value: string;
}

/** What the projection uses of a transaction. */
export interface BlockTransaction {
  readonly transactionId: string;
  readonly position: number;
  /** RFC 3339, as the client wrote it into the proposal. */
  readonly time: string;
  readonly mspId: string;
  /** PEM of the signer. */
  readonly certificate: string;
  readonly code: number;
  /** The parts below are read only from transactions that are valid. */
  readonly event: LedgerEvent | undefined;
  /** What the register of members says from now on of those whom the transaction is about. */
  readonly registered?: readonly Member[];
  readonly hashes: readonly PrivateHash[];
  readonly values: readonly PrivateValue[];
}

/** What a member had ordered although no honest client makes it. It is invalid whatever anybody says of it. */
export interface Malformed {
  readonly position: number;
  /** RFC 3339, as the envelope says. */
  readonly time: string;
  /** Undefined when not even that can be read. */
  readonly signer: Signer | undefined;
}

export interface ReadBlock {
  readonly number: number;
  /** Of its header, hexadecimal: what the next block continues. */
  readonly hash: string;
  readonly transactions: readonly BlockTransaction[];
  readonly malformed: readonly Malformed[];
}

/** Reads a block, whatever is in it. Its private values are not: {@link withValues} adds them. */
export function readBlock(block: common.Block, hash: Uint8Array, chaincode: string): ReadBlock {
  const codes = codesOf(block);
  const transactions: BlockTransaction[] = [];
  const malformed: Malformed[] = [];
  for (const [position, opened] of openedEnvelopes(block).entries()) {
    if (opened?.type === configuration) continue;
    const code = codes[position] ?? -1;
    const read = opened && readTransaction(opened, position, code, chaincode);
    if (read === undefined || isMalformed(code)) {
      malformed.push({ position, time: opened?.time ?? new Date(0).toISOString(), signer: opened?.signer });
    }
    if (read !== undefined) transactions.push(read);
  }
  const number = block.getHeader()?.getNumber() ?? 0;
  return { number, hash: Buffer.from(hash).toString('hex'), transactions, malformed };
}

/**
 * The transaction with its private values. An invalid one has none, although a peer of Fabric keeps, and delivers, what
 * it would have written.
 *
 * @throws Error when one is missing. A peer may commit a block before its private data has reached it; the tables wait
 *   for that, because nobody would bring it to them later.
 */
export function withValues(transaction: BlockTransaction, values: readonly PrivateValue[]): BlockTransaction {
  if (transaction.code !== validCode) return transaction;
  const lacking = transaction.hashes.length - values.length;
  if (lacking > 0) {
    throw new Error(`The peer lacks ${lacking} private values of transaction ${transaction.transactionId}.`);
  }
  return { ...transaction, values };
}

/** @returns undefined for what is no transaction, or none that can be read. */
function readTransaction(
  opened: OpenedEnvelope,
  position: number,
  code: number,
  chaincode: string,
): BlockTransaction | undefined {
  const { type, transactionId, hasOwnId, time, signer } = opened;
  // Under another's id it would hide the other's transaction.
  if (type !== endorserTransaction || !hasOwnId) return undefined;
  const headers = { transactionId, position, time, ...signer, code };
  if (code !== validCode) return { ...headers, event: undefined, hashes: [], values: [] };
  const written = writtenBy(opened, chaincode);
  return written && { ...headers, ...written, values: [] };
}

/** What a transaction says and writes, for everybody who reads the block. */
type Written = Pick<BlockTransaction, 'event' | 'registered' | 'hashes'>;

/** Read once for every organisation that this process serves; undefined of what cannot be read. */
const alreadyRead = new WeakMap<OpenedEnvelope, Map<string, Written | undefined>>();

function writtenBy(opened: OpenedEnvelope, chaincode: string): Written | undefined {
  const known = alreadyRead.get(opened) ?? new Map<string, Written | undefined>();
  alreadyRead.set(opened, known);
  if (!known.has(chaincode)) known.set(chaincode, readWritten(opened, chaincode));
  return known.get(chaincode);
}

function readWritten({ data }: OpenedEnvelope, chaincode: string): Written | undefined {
  try {
    const actions = peer.Transaction.deserializeBinary(data)
      .getActionsList()
      .map(readAction)
      .filter((action) => action.getChaincodeId()?.getName() === chaincode);
    return {
      event: actions.map(readEvent).find((event) => event !== undefined),
      registered: actions.flatMap((action) => readRegistered(action, chaincode)),
      hashes: actions.flatMap((action) => readHashes(action, chaincode)),
    };
  } catch {
    return undefined;
  }
}

function readAction(action: peer.TransactionAction): peer.ChaincodeAction {
  const payload = peer.ChaincodeActionPayload.deserializeBinary(action.getPayload_asU8());
  const response = peer.ProposalResponsePayload.deserializeBinary(
    payload.getAction()?.getProposalResponsePayload_asU8() ?? new Uint8Array(),
  );
  return peer.ChaincodeAction.deserializeBinary(response.getExtension_asU8());
}

function readEvent(action: peer.ChaincodeAction): LedgerEvent | undefined {
  const bytes = action.getEvents_asU8();
  if (bytes.length === 0) return undefined;
  const event = peer.ChaincodeEvent.deserializeBinary(bytes);
  const json: unknown = JSON.parse(Buffer.from(event.getPayload_asU8()).toString('utf8'));
  // Events of a later version of the chaincode are skipped rather than stopping every list.
  return eventSchema.safeParse(json).data;
}

function readRegistered(action: peer.ChaincodeAction, chaincode: string): Member[] {
  return setsOf(action, chaincode)
    .flatMap((set) => kvrwset.KVRWSet.deserializeBinary(set.getRwset_asU8()).getWritesList())
    .filter((write) => readKey(write.getKey()).letters === member.letters && !write.getIsDelete())
    .map((write) => decodeRecord(member, Buffer.from(write.getValue_asU8()).toString('utf8')));
}

/** Hashes of the private values that an action writes, as its endorsers signed them. */
export function readHashes(action: peer.ChaincodeAction, chaincode: string): PrivateHash[] {
  return setsOf(action, chaincode)
    .flatMap((set) => set.getCollectionHashedRwsetList())
    .flatMap((set) =>
      kvrwset.HashedRWSet.deserializeBinary(set.getHashedRwset_asU8())
        .getHashedWritesList()
        .filter((write) => !write.getIsDelete())
        .map((write) => ({
          collection: set.getCollectionName(),
          keyHash: Buffer.from(write.getKeyHash_asU8()).toString('hex'),
          valueHash: Buffer.from(write.getValueHash_asU8()).toString('hex'),
        })),
    );
}

/** What an action reads and writes under the name of the chaincode. */
function setsOf(action: peer.ChaincodeAction, chaincode: string): ledger.rwset.NsReadWriteSet[] {
  const sets = ledger.rwset.TxReadWriteSet.deserializeBinary(action.getResults_asU8()).getNsRwsetList();
  return sets.filter((set) => set.getNamespace() === chaincode);
}
