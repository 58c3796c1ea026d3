import { common } from '@hyperledger/fabric-protos';
import { decodeRecord } from '@pledgeonce/chaincode/ledger/records.js';
import { PublicLine, publicState } from '@pledgeonce/chaincode/ledger/versions.js';
import { governmentMsps } from '@pledgeonce/chaincode/permissions.js';
import type { InForce } from '../ledger/blocks/configurations.js';
import { headerOf } from '../ledger/blocks/header-of.js';
import { openEnvelope } from '../ledger/blocks/open-envelope.js';
import { validCode } from '../ledger/commit-watcher.js';
import { headerHash, sha256 } from './block-header.js';
import { checkBlockSignatures } from './block-signatures.js';
import { readEvidence } from './bundle.js';
import type { Evidence } from './bundle.js';
import { CertifiedSigner } from './certified-signer.js';
import { isConfiguration, readConfiguration } from './channel-configuration.js';
import type { ChannelConfiguration } from './channel-configuration.js';
import { openEndorsed } from './endorsed-transaction.js';
import type { EndorsedTransaction } from './endorsed-transaction.js';
import { EvidenceError } from './evidence-error.js';

/** Government organisations that must have endorsed; the consortium's policy is two of three. */
const endorsementsNeeded = 2;

/** What has been proved. */
export interface EvidenceReport {
  readonly subject: Evidence['subject'];
  readonly channel: string;
  /** Hash of the header of block 0, hexadecimal. Whoever knows the channel compares it with his own. */
  readonly genesis: string;
  readonly blocks: number;
  /** How many of the blocks set a configuration, from the channel's first on. */
  readonly configurations: number;
  readonly exporter: string;
  readonly versions: readonly {
    readonly seq: number;
    readonly state: string;
    readonly block: number;
    readonly transactionId: string;
    readonly signer: string;
    readonly endorsers: readonly string[];
    readonly ordererSignatures: number;
    /** False where the bundle has no private record to hold against its hash. */
    readonly recordProved: boolean;
  }[];
}

/**
 * Verifies a bundle with nothing but what is in it.
 *
 * @param genesis Hash of the header of block 0 that the reader trusts, hexadecimal. Without it the bundle proves what
 *   some channel says; that it is the right channel is seen from the report.
 * @throws EvidenceError at the first thing that does not hold.
 */
export function verifyEvidence(text: string, genesis?: string): EvidenceReport {
  try {
    return verify(text, genesis);
  } catch (error) {
    if (error instanceof EvidenceError) throw error;
    throw new EvidenceError('A part of the bundle cannot be decoded.', { cause: error });
  }
}

function verify(text: string, genesis: string | undefined): EvidenceReport {
  const { evidence, signed } = readEvidence(text);
  const blocks = openBlocks(evidence);
  const first = blocks.get(0);
  const anchor = first === undefined ? '' : headerHash(headerOf(first.message)).toString('hex');
  if (genesis !== undefined && genesis.toLowerCase() !== anchor) {
    throw new EvidenceError(`The channel begins with ${anchor}, not with ${genesis}.`);
  }
  const configuration = [...blocks.values()].findLast((block) => block.sets !== undefined)?.sets;
  if (configuration?.channel !== evidence.channel) throw new EvidenceError('The channel has another name.');
  const { mspId, certificate } = evidence.exporter;
  const exporter = new CertifiedSigner(configuration, { mspId, certificate: Buffer.from(certificate) });
  if (!exporter.signed(signed, Buffer.from(evidence.signature, 'base64'))) {
    throw new EvidenceError('The signature of the exporter does not fit the bundle.');
  }
  evidence.versions.forEach(({ seq }, index) => {
    if (seq !== index + 1) throw new EvidenceError(`Version ${index + 1} is missing.`);
  });
  return {
    subject: evidence.subject,
    channel: evidence.channel,
    genesis: anchor,
    blocks: blocks.size,
    configurations: [...blocks.values()].filter(({ sets }) => sets !== undefined).length,
    exporter: mspId,
    versions: evidence.versions.map((version) => checkVersion(evidence, version, blocks)),
  };
}

interface OpenBlock {
  readonly message: common.Block;
  /** In force when the block was ordered. */
  readonly configuration: ChannelConfiguration;
  /** The configuration that the block itself sets. */
  readonly sets: ChannelConfiguration | undefined;
  readonly ordererSignatures: number;
}

/**
 * Trust begins with block 0 and goes from one configuration to the next: each was signed by the orderers that the one
 * before it names. What these have signed needs no chain of headers that leads to it.
 */
function openBlocks({ blocks }: Evidence): Map<number, OpenBlock> {
  const opened = new Map<number, OpenBlock>();
  let inForce: InForce | undefined;
  let before = -1;
  for (const { number, raw } of blocks) {
    if (number <= before) throw new EvidenceError('The blocks are not in order.');
    before = number;
    const message = common.Block.deserializeBinary(Buffer.from(raw, 'base64'));
    const block = openBlock(message, number, inForce);
    opened.set(number, block);
    if (block.sets !== undefined) inForce = { number, configuration: block.sets };
  }
  return opened;
}

function openBlock(message: common.Block, number: number, inForce: InForce | undefined): OpenBlock {
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

function checkVersion(
  { subject, chaincode }: Evidence,
  version: Evidence['versions'][number],
  blocks: ReadonlyMap<number, OpenBlock>,
): EvidenceReport['versions'][number] {
  const { seq, state, block: number, transactionId, collection, key, stored } = version;
  const block = blocks.get(number);
  if (block === undefined) throw new EvidenceError(`Block ${number} of version ${seq} is missing.`);
  const transaction = findTransaction(block, transactionId, chaincode);
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
    signer: transaction.creator.mspId,
    endorsers: government,
    ordererSignatures: block.ordererSignatures,
    recordProved: stored !== undefined,
  };
}

function findTransaction(
  { message, configuration }: OpenBlock,
  transactionId: string,
  chaincode: string,
): EndorsedTransaction {
  const codes = message.getMetadata()?.getMetadataList_asU8()[common.BlockMetadataIndex.TRANSACTIONS_FILTER];
  for (const [position, envelope] of (message.getData()?.getDataList_asU8() ?? []).entries()) {
    const opened = openEnvelope(envelope);
    // Another member's envelope may bear the same id.
    if (opened?.transactionId !== transactionId || !opened.hasOwnId) continue;
    if (codes?.[position] !== validCode)
      throw new EvidenceError(`Transaction ${transactionId} is not valid.`);
    return openEndorsed(envelope, { configuration, chaincode });
  }
  throw new EvidenceError(`Transaction ${transactionId} is not in its block.`);
}
