import { z } from 'zod';
import type { DurableStore } from '../storage/durable-store.js';

const prefix = 'operation/';

const operationSchema = z.strictObject({
  transactionId: z.string(),
  person: z.string(),
  startedAt: z.string(),
  /** The answer that holds if the transaction commits. */
  expected: z.unknown(),
});

/** A transaction whose outcome its caller was not told. */
export type Operation = z.infer<typeof operationSchema>;

/** Keeps what a caller needs to learn the outcome later, also after a restart. */
export class Operations {
  readonly #store: DurableStore;

  constructor(store: DurableStore) {
    this.#store = store;
  }

  async remember(operation: Operation): Promise<void> {
    await this.#store.put(prefix + operation.transactionId, operation);
  }

  async find(transactionId: string): Promise<Operation | undefined> {
    return operationSchema.optional().parse(await this.#store.get(prefix + transactionId));
  }
}
