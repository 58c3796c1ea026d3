import type { Limits } from '../config.js';
import { commitAgain } from '../ledger/commit.js';
import { findTransaction } from '../ledger/find-transaction.js';
import { Outbox } from '../ledger/outbox.js';
import type { DurableStore } from '../storage/durable-store.js';
import type { Reach } from './reach-network.js';

const hour = 3_600_000;

/** What is on its way to the orderers; the gateway's own identity carries it there again if need be. */
export function openOutbox(store: DurableStore, reach: Reach, channel: string, limits: Limits): Outbox {
  const { watcher, connections, reader } = reach;
  return new Outbox({
    store,
    lifeMs: limits.idempotencyHours * hour,
    find: (transactionId) =>
      findTransaction(transactionId, {
        watcher,
        connections,
        reader,
        channel,
        timeoutMs: limits.submitTimeoutMs,
      }),
    sendAgain: async (transactionId, prepared) => {
      const own = await reader();
      const ways = connections.entries().map((entry) => () => own.gateway(entry).newTransaction(prepared));
      return commitAgain(transactionId, ways, watcher, limits);
    },
  });
}
