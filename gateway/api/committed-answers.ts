import type { Answer } from './endpoint.js';

/** What a transaction came to that is on the ledger. */
interface OnLedger {
  readonly output: object;
  readonly transactionId: string;
}

/** The answer to a request that has changed something. */
export function carriedOut({ output, transactionId }: OnLedger): Answer {
  return { status: 200, body: { ...output, transactionId } };
}

/**
 * The answer to a request that has made something.
 *
 * @param location where it is read from now on.
 */
export function created({ output, transactionId }: OnLedger, location?: string): Answer {
  return { status: 201, body: { ...output, transactionId }, ...(location !== undefined && { location }) };
}
