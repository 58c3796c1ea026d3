import type { Proposal } from '@hyperledger/fabric-gateway';
import type { LedgerFunction } from '@pledgeonce/chaincode/permissions.js';
import { backoffMs, pause } from '../backoff.js';
import type { PeerHeights } from '../peer-heights.js';
import { confer } from './confer.js';
import type { Conference, Said, Verdict } from './confer.js';
import { readsOf } from './reads-of.js';

/** Nodes that answered one and the same proposal otherwise, at the same state of the ledger. */
export interface Contradiction {
  readonly function: LedgerFunction;
  readonly transactionId: string;
  /** Whoever said otherwise than two others. */
  readonly odd: readonly string[];
  readonly said: readonly Said[];
}

export interface SettleParts extends Conference {
  readonly heights: PeerHeights;
  readonly contradicted: (contradiction: Contradiction) => void;
  /** How often the nodes are asked, where they differ: honest ones do for the milliseconds in which they commit a block. */
  readonly rounds?: number;
}

/**
 * Finds what two of the nodes say to a proposal. Who says otherwise is named when it cannot be that they have other
 * blocks: they read the same versions of the same keys, or had the same height before and after.
 *
 * @param proposal has been sent before, so it bears its signature.
 */
export async function settle(parts: SettleParts, name: LedgerFunction, proposal: Proposal): Promise<Verdict> {
  const { heights, organisations, rounds = 4 } = parts;
  for (let round = 1; ; round++) {
    const before = await heights.look(parts, organisations);
    const verdict = await confer(parts, proposal);
    if (verdict.odd.length > 0) {
      const after = await heights.look(parts, organisations);
      const odd = verdict.odd.filter(
        (one) => readTheSame(one, verdict.alike) || wereLevel([one, ...verdict.alike], before, after),
      );
      if (odd.length > 0) {
        parts.contradicted({
          function: name,
          transactionId: proposal.getTransactionId(),
          odd: odd.map(({ mspId }) => mspId),
          said: [...verdict.alike, ...odd],
        });
        return verdict;
      }
    }
    const isSettled = verdict.odd.length === 0 && verdict.alike.length > 0;
    const canDiffer = organisations.length - verdict.silent.length > 1;
    if (isSettled || !canDiffer || round >= rounds) return verdict;
    await pause(backoffMs(round, 50, 400));
  }
}

function readTheSame(odd: Said, alike: readonly Said[]): boolean {
  if (odd.kind !== 'answer') return false;
  const reads = readsOf(odd.answer);
  return alike.every((one) => one.kind === 'answer' && readsOf(one.answer) === reads);
}

function wereLevel(
  said: readonly Said[],
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): boolean {
  const heights = said.flatMap(({ mspId }) => [before.get(mspId), after.get(mspId)]);
  return heights.every((height) => height !== undefined && height === heights[0]);
}
