import type { Logger } from 'pino';
import { limits as ledgerLimits } from '@pledgeonce/chaincode/api.js';
import type { Limits } from '../config.js';
import { AnswerReader } from '../ledger/answers/signed-answer.js';
import type { Contradictions } from '../ledger/answers/contradictions.js';
import { Circuit } from '../ledger/circuit.js';
import type { ConnectionProfile } from '../ledger/connection-profile.js';
import { governmentOf } from '../ledger/connection-profile.js';
import { EndorserPairs } from '../ledger/endorser-pairs.js';
import { ItemDesk } from '../ledger/item-desk.js';
import { Ledger, type LedgerParts } from '../ledger/ledger.js';
import type { Outbox } from '../ledger/outbox.js';
import { PeerHeights } from '../ledger/peer-heights.js';
import type { Metrics } from '../metrics.js';
import type { Reach } from './reach-network.js';

/** The contract's functions, as the organisation's people call them. */
export function openLedger(
  mspId: string,
  profile: ConnectionProfile,
  {
    connections,
    watcher,
    outbox,
    contradictions,
  }: Reach & { readonly outbox: Outbox; readonly contradictions: Contradictions },
  { latestBlock, predecessors }: Pick<LedgerParts, 'latestBlock' | 'predecessors'>,
  limits: Limits,
  observer: Metrics,
  log: Logger,
): Ledger {
  const circuit = new Circuit();
  const government = governmentOf(profile);
  return new Ledger({
    mspId,
    government,
    connections,
    circuit,
    pairs: new EndorserPairs(government, circuit, contradictions.trust),
    reader: new AnswerReader(profile),
    contradicted: contradictions.note.bind(contradictions),
    heights: new PeerHeights(profile.channel),
    latestBlock,
    ...(predecessors !== undefined && { predecessors }),
    watcher,
    outbox,
    timeoutMs: limits.endorseTimeoutMs,
    limits,
    observer,
    log,
  });
}

/** What joins single claims, documents and payments into transactions. */
export interface Desks {
  readonly claims: ItemDesk<'reserveClaims'>;
  readonly facts: ItemDesk<'recordFacts'>;
  readonly payments: ItemDesk<'markPayments'>;
  readonly loans: ItemDesk<'takeOn'>;
}

/** Opens the desks with the sizes of a transaction that the configuration allows. */
export function openDesks(ledger: Ledger, limits: Limits): Desks {
  const batchesPerLane = limits.batchesPerPerson;
  return {
    claims: new ItemDesk(ledger, 'reserveClaims', {
      itemsPerBatch: limits.claimsPerTransaction,
      touchesPerBatch: limits.linesPerTransaction,
      batchesPerLane,
    }),
    // Documents of one seller meet in the same near-duplicate buckets: two batches at once would only fight.
    facts: new ItemDesk(ledger, 'recordFacts', {
      itemsPerBatch: limits.factsPerTransaction,
      touchesPerBatch: limits.linesPerTransaction,
      batchesPerLane: 1,
    }),
    payments: new ItemDesk(ledger, 'markPayments', {
      itemsPerBatch: limits.paymentsPerTransaction,
      touchesPerBatch: limits.linesPerTransaction,
      batchesPerLane,
    }),
    // A whole book at once: what one person brings fills transactions of its own.
    loans: new ItemDesk(ledger, 'takeOn', {
      itemsPerBatch: limits.loansPerTransaction,
      touchesPerBatch: 2 * limits.loansPerTransaction,
      bytesPerBatch: ledgerLimits.inputBytes / 2,
      batchesPerLane,
    }),
  };
}
