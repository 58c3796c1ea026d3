import { common } from '@hyperledger/fabric-protos';
import type { InForce } from '../ledger/blocks/configurations.js';
import { headerOf } from '../ledger/blocks/header-of.js';
import { headerHash } from './block-header.js';
import { readEvidence } from './bundle.js';
import type { Evidence } from './bundle.js';
import { CertifiedSigner } from './certified-signer.js';
import { checkVersion, type ProvedVersion } from './check-version.js';
import { EvidenceError } from './evidence-error.js';
import { findTransaction, openBlock, type OpenBlock } from './open-block.js';

/** What has been proved. */
export interface EvidenceReport {
  readonly subject: Evidence['subject'];
  readonly channel: string;
  /** Hash of the header of block 0, hexadecimal. Whoever knows the channel compares it with their own. */
  readonly genesis: string;
  readonly blocks: number;
  /** How many of the blocks set a configuration, from the channel's first on. */
  readonly configurations: number;
  readonly exporter: string;
  readonly versions: readonly ProvedVersion[];
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
    versions: evidence.versions.map((version) => versionIn(evidence, version, blocks)),
  };
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

function versionIn(
  evidence: Evidence,
  version: Evidence['versions'][number],
  blocks: ReadonlyMap<number, OpenBlock>,
): ProvedVersion {
  const block = blocks.get(version.block);
  if (block === undefined)
    throw new EvidenceError(`Block ${version.block} of version ${version.seq} is missing.`);
  const transaction = findTransaction(block, version.transactionId, evidence.chaincode);
  return checkVersion(evidence.subject, version, transaction);
}
