import { common } from '@hyperledger/fabric-protos';
import type { InForce } from '../ledger/blocks/configurations.js';
import { headerOf } from '../ledger/blocks/header-of.js';
import { openEnvelope } from '../ledger/blocks/open-envelope.js';
import { validCode } from '../ledger/commit-watcher.js';
import { sha256 } from './block-header.js';
import { checkBlockSignatures } from './block-signatures.js';
import { isConfiguration, readConfiguration } from './channel-configuration.js';
import type { ChannelConfiguration } from './channel-configuration.js';
import { openEndorsed } from './endorsed-transaction.js';
import type { EndorsedTransaction } from './endorsed-transaction.js';
import { EvidenceError } from './evidence-error.js';

/** A block whose content and signatures have been verified. */
export interface OpenBlock {
  readonly message: common.Block;
  /** In force when the block was ordered. */
  readonly configuration: ChannelConfiguration;
  /** The configuration that the block itself sets. */
  readonly sets: ChannelConfiguration | undefined;
  readonly ordererSignatures: number;
}

/** A transaction of a verified block, as far as a version of a record is held against it. */
export interface FoundTransaction extends Pick<EndorsedTransaction, 'endorsers' | 'writes' | 'hashes'> {
  readonly signer: string;
  readonly ordererSignatures: number;
}

/**
 * Verifies a block by the configuration in force before it; the first sets one itself.
 *
 * @throws EvidenceError when its content or its signatures do not hold, or a configuration before it is missing.
 */
export function openBlock(message: common.Block, number: number, inForce: InForce | undefined): OpenBlock {
  const header = headerOf(message);
  const isIntact = sha256(...(message.getData()?.getDataList_asU8() ?? [])).equals(header.dataHash);
  if (header.number !== number || !isIntact) {
    throw new EvidenceError(`The content of block ${number} does not fit its header.`);
  }
  const sets = isConfiguration(message) ? readConfiguration(message) : undefined;
  if (inForce === undefined) {
    if (sets === undefined || number !== 0) throw new EvidenceError('The first configuration is missing.');
    return { message, configuration: sets, sets, ordererSignatures: 0 };
  }
  const { configuration } = inForce;
  const { lastConfiguration, signers } = checkBlockSignatures(message, header, configuration);
  const isNext =
    sets === undefined ||
    (sets.channel === configuration.channel && sets.sequence === configuration.sequence + 1);
  if (!isNext || lastConfiguration !== (sets === undefined ? inForce.number : number)) {
    throw new EvidenceError(`A configuration before block ${number} is missing.`);
  }
  return { message, configuration, sets, ordererSignatures: signers.length };
}

/** @throws EvidenceError when the block has no such transaction, or one that is not valid. */
export function findTransaction(
  { message, configuration, ordererSignatures }: OpenBlock,
  transactionId: string,
  chaincode: string,
): FoundTransaction {
  const codes = message.getMetadata()?.getMetadataList_asU8()[common.BlockMetadataIndex.TRANSACTIONS_FILTER];
  for (const [position, envelope] of (message.getData()?.getDataList_asU8() ?? []).entries()) {
    const opened = openEnvelope(envelope);
    // Another member's envelope may bear the same id.
    if (opened?.transactionId !== transactionId || !opened.hasOwnId) continue;
    if (codes?.[position] !== validCode)
      throw new EvidenceError(`Transaction ${transactionId} is not valid.`);
    const { creator, endorsers, writes, hashes } = openEndorsed(envelope, { configuration, chaincode });
    return { signer: creator.mspId, endorsers, writes, hashes, ordererSignatures };
  }
  throw new EvidenceError(`Transaction ${transactionId} is not in its block.`);
}
