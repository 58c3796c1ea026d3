import { common } from '@hyperledger/fabric-protos';
import type { HistoryVersion } from '@pledgeonce/chaincode/api.js';
import type { Signatory } from '../ledger/signatory.js';
import { signedBytes } from './bundle.js';
import type { Evidence, EvidenceContent } from './bundle.js';
import { isConfiguration } from './channel-configuration.js';

/** Blocks from the first on; whoever reads them closes the stream. */
export type OpenBlocks = () => Promise<AsyncIterable<common.Block> & { close(): void }>;

/**
 * Puts together what proves a record's history. It holds no time of its own and its signature is deterministic, so
 * that the same person gets the same bytes from the same peer until the record changes.
 *
 * @param placeOf Number of the block that holds a transaction.
 * @throws RangeError when the ledger ends before the last version.
 */
export async function collectEvidence(
  subject: Evidence['subject'],
  history: readonly HistoryVersion[],
  parts: {
    readonly channel: string;
    readonly chaincode: string;
    readonly placeOf: (transactionId: string) => number;
    readonly openBlocks: OpenBlocks;
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
  const wanted = new Set(versions.map(({ block }) => block));
  const content: EvidenceContent = {
    schema: 1,
    subject,
    channel,
    chaincode,
    versions,
    ...(await readChain(parts.openBlocks, wanted)),
    exporter: { mspId: signatory.mspId, certificate: signatory.certificate },
  };
  const signature = await signatory.sign(signedBytes(content));
  return { ...content, signature: Buffer.from(signature).toString('base64') };
}

/** Reads all blocks up to the last one wanted: a configuration may stand in any of them. */
async function readChain(
  openBlocks: OpenBlocks,
  wanted: ReadonlySet<number>,
): Promise<Pick<EvidenceContent, 'headers' | 'blocks'>> {
  const last = Math.max(...wanted);
  const headers: EvidenceContent['headers'] = [];
  const blocks: EvidenceContent['blocks'] = [];
  const stream = await openBlocks();
  try {
    for await (const block of stream) {
      const number = block.getHeader()?.getNumber() ?? 0;
      headers.push({
        previousHash: hex(block.getHeader()?.getPreviousHash_asU8()),
        dataHash: hex(block.getHeader()?.getDataHash_asU8()),
      });
      if (wanted.has(number) || isConfiguration(block)) {
        blocks.push({ number, raw: Buffer.from(block.serializeBinary()).toString('base64') });
      }
      if (number === last) return { headers, blocks };
    }
  } finally {
    stream.close();
  }
  throw new RangeError(`The ledger ends before block ${last}.`);
}

function hex(bytes: Uint8Array = new Uint8Array()): string {
  return Buffer.from(bytes).toString('hex');
}
