import type { HistoryVersion } from '@pledgeonce/chaincode/api.js';
import type { Signatory } from '../ledger/signatory.js';
import { signedBytes } from './bundle.js';
import type { Evidence, EvidenceContent } from './bundle.js';
import { configurationsUpTo, type ReadBlock } from './configurations-up-to.js';

/**
 * Puts together what proves a record's history. It holds no time of its own and its signature is deterministic, so
 * that the same person gets the same bytes from the same peer until the record changes.
 *
 * @param placeOf Number of the block that holds a transaction.
 */
export async function collectEvidence(
  subject: Evidence['subject'],
  history: readonly HistoryVersion[],
  parts: {
    readonly channel: string;
    readonly chaincode: string;
    readonly placeOf: (transactionId: string) => number;
    readonly readBlock: ReadBlock;
    readonly signatory: Pick<Signatory, 'mspId' | 'certificate' | 'sign'>;
  },
): Promise<Evidence> {
  const { channel, chaincode, signatory } = parts;
  const versions = history.map(({ seq, state, at, transactionId, collection, key, stored }) => ({
    seq,
    state,
    at,
    transactionId,
    block: parts.placeOf(transactionId),
    collection,
    key,
    ...(stored === undefined ? {} : { stored }),
  }));
  const content: EvidenceContent = {
    schema: 2,
    subject,
    channel,
    chaincode,
    versions,
    blocks: await blocksFor(
      versions.map(({ block }) => block),
      parts.readBlock,
    ),
    exporter: { mspId: signatory.mspId, certificate: signatory.certificate },
  };
  const signature = await signatory.sign(signedBytes(content));
  return { ...content, signature: Buffer.from(signature).toString('base64') };
}

/** The blocks that are wanted, and the configurations that say whose signatures count on them, back to block 0. */
async function blocksFor(
  wanted: readonly number[],
  readBlock: ReadBlock,
): Promise<EvidenceContent['blocks']> {
  const places = new Set([...wanted, ...(await configurationsUpTo(Math.max(...wanted), readBlock))]);
  const numbers = [...places].toSorted((one, other) => one - other);
  const blocks: EvidenceContent['blocks'] = [];
  // One at a time: a record may have hundreds of versions, and a block may be large.
  for (const number of numbers) {
    const block = await readBlock(number);
    blocks.push({ number, raw: Buffer.from(block.serializeBinary()).toString('base64') });
  }
  return blocks;
}
