import type { Transaction } from '@hyperledger/fabric-gateway';
import type { AnswerReader } from '../answers/signed-answer.js';

/** A transaction that the nodes of these organisations have endorsed, with this answer. */
export interface FakeTransaction {
  readonly result: string;
  readonly signedBy: readonly string[];
}

export function signedBy(organisations: readonly string[], result = 'done'): FakeTransaction & Transaction {
  const transaction = { result, signedBy: organisations, getResult: () => Buffer.from(result) };
  return transaction as unknown as FakeTransaction & Transaction;
}

/** Believes every signature of {@link signedBy}. */
export const believing = {
  read: (transaction: FakeTransaction) =>
    transaction.signedBy.map((mspId) => ({
      mspId,
      response: Buffer.from(transaction.result),
      endorser: Buffer.from(mspId),
      signature: Buffer.alloc(0),
    })),
} as unknown as AnswerReader;
