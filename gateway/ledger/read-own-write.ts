import { setTimeout as sleep } from 'node:timers/promises';
import { type ErrorCode, LedgerError } from '@pledgeonce/chaincode/errors.js';

const attempts = 10;

/**
 * Reads what this gateway has just had committed: the node that is asked may be a block behind the one that told of the
 * commit.
 *
 * @param missing the refusals that such a node answers with.
 */
export async function readOwnWrite<T>(missing: readonly ErrorCode[], read: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof LedgerError) || !missing.includes(error.code) || attempt > attempts) throw error;
      await sleep(50 * attempt);
    }
  }
}
