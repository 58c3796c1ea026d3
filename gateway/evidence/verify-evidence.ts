import { common } from '@hyperledger/fabric-protos';
import { decodeRecord } from '@pledgeonce/chaincode/ledger/records.js';
import { PublicLine, publicState } from '@pledgeonce/chaincode/ledger/versions.js';
import { governmentMsps } from '@pledgeonce/chaincode/permissions.js';
import { openEnvelope } from '../ledger/blocks/open-envelope.js';
import { validCode } from '../ledger/commit-watcher.js';
import { headerHash, sha256 } from './block-header.js';
import type { BlockHeader } from './block-header.js';
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
  readonly headers: number;
  readonly blocks: number;
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
  const headers = chainOf(evidence);
  const [first] = headers;
  const anchor = first === undefined ? '' : headerHash(first).toString('hex');
  if (genesis !== undefined && genesis.toLowerCase() !== anchor) {
    throw new EvidenceError(`The channel begins with ${anchor}, not with ${genesis}.`);
  }
  const blocks = openBlocks(evidence, headers);
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
    headers: headers.length,
    blocks: blocks.size,
    exporter: mspId,
    versions: evidence.versions.map((version) => checkVersion(evidence, version, blocks)),
  };
}

/** Every header names the hash of the one before. */
function chainOf({ headers }: Evidence): BlockHeader[] {
  let previous = Buffer.alloc(0);
  return headers.map(({ previousHash, dataHash }, number) => {
    const header = {
      number,
      previousHash: Buffer.from(previousHash, 'hex'),
      dataHash: Buffer.from(dataHash, 'hex'),
    };
    if (!header.previousHash.equals(previous)) {
      throw new EvidenceError(`Block ${number} does not follow the block before it.`);
    }
    previous = Buffer.from(headerHash(header));
    return header;
  });
}

interface OpenBlock {
  readonly message: common.Block;
  /** In force when the block was ordered. */
  readonly configuration: ChannelConfiguration;
  /** The configuration that the block itself sets. */
  readonly sets: ChannelConfiguration | undefined;
  readonly ordererSignatures: number;
}

/** Trust begins with block 0 and goes from one configuration to the next. */
function openBlocks(evidence: Evidence, headers: readonly BlockHeader[]): Map<number, OpenBlock> {
  const opened = new Map<number, OpenBlock>();
  let inForce: { readonly number: number; readonly configuration: ChannelConfiguration } | undefined;
  let before = -1;
  for (const { number, raw } of evidence.blocks) {
    const message = common.Block.deserializeBinary(Buffer.from(raw, 'base64'));
    const header = headers[number];
    if (number <= before || header === undefined) throw new EvidenceError('The blocks are not in order.');
    before = number;
    const ownHeader = {
      number: message.getHeader()?.getNumber() ?? 0,
      previousHash: message.getHeader()?.getPreviousHash_asU8() ?? new Uint8Array(),
      dataHash: message.getHeader()?.getDataHash_asU8() ?? new Uint8Array(),
    };
    const isIntact = sha256(...(message.getData()?.getDataList_asU8() ?? [])).equals(header.dataHash);
    if (!isIntact || !headerHash(ownHeader).equals(headerHash(header))) {
      throw new EvidenceError(`The content of block ${number} does not fit its header.`);
    }
    const sets = isConfiguration(message) ? readConfiguration(message) : undefined;
    if (inForce === undefined) {
      if (sets === undefined || number !== 0) throw new EvidenceError('The first configuration is missing.');
      inForce = { number, configuration: sets };
      opened.set(number, { message, configuration: sets, sets, ordererSignatures: 0 });
      continue;
    }
    const { configuration } = inForce;
    const { lastConfiguration, signers } = checkBlockSignatures(message, header, configuration);
    if (lastConfiguration !== (sets === undefined ? inForce.number : number)) {
      throw new EvidenceError(`The configuration ${lastConfiguration} of block ${number} is missing.`);
    }
    opened.set(number, { message, configuration, sets, ordererSignatures: signers.length });
    if (sets !== undefined) inForce = { number, configuration: sets };
  }
  return opened;
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
