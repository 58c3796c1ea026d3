import { decodeRecord } from '@pledgeonce/chaincode/ledger/records.js';
import { PublicLine, publicState, type Thing } from '@pledgeonce/chaincode/ledger/versions.js';
import { governmentMsps } from '@pledgeonce/chaincode/permissions.js';
import { sha256 } from './block-header.js';
import type { Evidence } from './bundle.js';
import { EvidenceError } from './evidence-error.js';
import type { FoundTransaction } from './open-block.js';

/** Government organisations that must have endorsed; the consortium's policy is two of three. */
const endorsementsNeeded = 2;

/** What has been proved of a version. */
export interface ProvedVersion {
  readonly seq: number;
  readonly state: string;
  readonly block: number;
  readonly transactionId: string;
  readonly signer: string;
  readonly endorsers: readonly string[];
  readonly ordererSignatures: number;
  /** False where the bundle has no private record to hold against its hash. */
  readonly recordProved: boolean;
}

/**
 * Holds a version of a record against the transaction that wrote it.
 *
 * @throws EvidenceError when it did not, or when what it wrote is something else.
 */
export function checkVersion(
  subject: { readonly kind: Thing; readonly id: string },
  version: Evidence['versions'][number],
  transaction: FoundTransaction,
): ProvedVersion {
  const { seq, state, block: number, transactionId, collection, key, stored } = version;
  const government = governmentMsps.filter((msp) => transaction.endorsers.has(msp));
  if (government.length < endorsementsNeeded) {
    throw new EvidenceError(`Transaction ${transactionId} lacks the endorsement of two government nodes.`);
  }
  const line = transaction.writes.get(new PublicLine(subject.kind).at(subject.id).key);
  const written = line === undefined ? undefined : decodeRecord(publicState, line);
  if (written?.seq !== seq || written.state !== state) {
    throw new EvidenceError(`Transaction ${transactionId} did not write version ${seq} as ${state}.`);
  }
  if (stored !== undefined) {
    const [keyHash, valueHash] = [key, stored].map((one) => sha256(Buffer.from(one)).toString('hex'));
    const isWritten = transaction.hashes.some(
      (hash) => hash.collection === collection && hash.keyHash === keyHash && hash.valueHash === valueHash,
    );
    if (!isWritten) throw new EvidenceError(`The record of version ${seq} is not the one on the ledger.`);
  }
  return {
    seq,
    state,
    block: number,
    transactionId,
    signer: transaction.signer,
    endorsers: government,
    ordererSignatures: transaction.ordererSignatures,
    recordProved: stored !== undefined,
  };
}
