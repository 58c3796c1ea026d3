import type { common } from '@hyperledger/fabric-protos';
import { backoffMs, pause } from '../backoff.js';
import { classify } from '../classify.js';
import type { PeerConnections } from '../peer-connections.js';
import { codesOf } from './verdicts.js';

/** How often all are asked again, for two that have the block and say the same of it. */
const rounds = 8;

/**
 * A block that is known to be there, as two of the government's peers have it. What it holds the orderers have signed; which
 * of its transactions are valid only peers say, and whoever has no peer of its own believes no single one.
 *
 * @param ask asks the peer of an organisation for the block.
 * @throws what the last one threw, or that no two say the same.
 */
export async function agreedBlock(
  connections: Pick<PeerConnections, 'ledgers' | 'failed' | 'answered'>,
  ask: (entry: string) => Promise<common.Block>,
): Promise<common.Block> {
  for (let round = 0; ; round++) {
    const said: common.Block[] = [];
    let failure: unknown;
    for (const entry of connections.ledgers()) {
      try {
        const block = await ask(entry);
        connections.answered(entry);
        if (said.some((one) => isSame(codesOf(one), codesOf(block)))) return block;
        said.push(block);
      } catch (error) {
        // One that has not committed it yet answers too: it is asked again.
        if (classify(error).kind === 'unavailable') connections.failed(entry);
        failure = error;
      }
    }
    if (round >= rounds) {
      throw failure instanceof Error
        ? failure
        : new Error('No two peers say the same of a block.', { cause: failure });
    }
    await pause(backoffMs(round, 5, 500));
  }
}

function isSame(one: ArrayLike<number>, other: ArrayLike<number>): boolean {
  return one.length === other.length && Array.from(one).every((code, index) => code === other[index]);
}
