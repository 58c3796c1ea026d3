import { peer } from '@hyperledger/fabric-protos';
import { askLedger } from './ask-ledger.js';
import type { Commit, CommitWatcher } from './commit-watcher.js';
import type { PeerConnections } from './peer-connections.js';
import type { Signatory } from './signatory.js';

/**
 * What became of a transaction: from our own block stream, else from the ledger of a peer (qscc).
 *
 * @returns undefined while no peer knows it.
 */
export async function findTransaction(
  transactionId: string,
  parts: {
    readonly watcher: CommitWatcher;
    readonly connections: PeerConnections;
    readonly reader: () => Promise<Signatory>;
    readonly channel: string;
    readonly timeoutMs: number;
  },
): Promise<Pick<Commit, 'code'> | undefined> {
  const seen = parts.watcher.find(transactionId);
  if (seen !== undefined) return seen;
  for (const entry of parts.connections.reachable()) {
    try {
      const { channel, timeoutMs } = parts;
      const place = { signatory: await parts.reader(), entry, mspId: entry, channel, timeoutMs };
      const bytes = await askLedger(place, 'GetTransactionByID', transactionId);
      return { code: peer.ProcessedTransaction.deserializeBinary(bytes).getValidationcode() };
    } catch {
      // A peer that does not know it, and one that does not answer, both leave the question open.
    }
  }
  return undefined;
}
