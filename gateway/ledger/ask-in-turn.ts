import { classify } from './classify.js';
import type { PeerConnections } from './peer-connections.js';

/**
 * Asks the peers that hand out the ledger, one after the other past those that are down.
 *
 * @param ask told whose peer to ask.
 * @throws what the last one threw when none answers, and at once what another peer would say as well.
 */
export async function askInTurn<T>(
  connections: Pick<PeerConnections, 'ledgers' | 'failed' | 'answered'>,
  ask: (entry: string) => Promise<T>,
): Promise<T> {
  let failure: unknown = new Error('There is no peer to ask.');
  for (const entry of connections.ledgers()) {
    try {
      const answer = await ask(entry);
      connections.answered(entry);
      return answer;
    } catch (error) {
      if (classify(error).kind !== 'unavailable') throw error;
      connections.failed(entry);
      failure = error;
    }
  }
  throw failure;
}
