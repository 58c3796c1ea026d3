import { moneySchema } from '@pledgeonce/chaincode/api.js';
import { z } from 'zod';
import type { DurableStore } from '../storage/durable-store.js';

const prefix = 'iso20022/request/';

/** Amount and currency as the message has written them. */
const written = z.strictObject({ amount: z.string(), currency: z.string() });

const itemSchema = z.strictObject({
  /** The number of the application that its claim has. */
  applicationNumber: z.string(),
  number: z.string(),
  issuedOn: z.string(),
  dueOn: z.string().optional(),
  total: written,
  supplier: z.string().optional(),
  /** What is asked for; absent where the message did not say it so that it could be read. */
  amount: moneySchema.optional(),
  claim: z.string().optional(),
  refusal: z.strictObject({ code: z.string(), detail: z.string() }).optional(),
});

const requestSchema = z.strictObject({
  group: z.string(),
  /** As the message says it; a cancellation says it again. */
  createdAt: z.string(),
  /** SHA-256 of message and defaults, so that a group has one content. */
  digest: z.string(),
  requestor: z.string(),
  agent: z.strictObject({
    bic: z.string().optional(),
    id: z.string().optional(),
    idType: z.string().optional(),
  }),
  items: z.array(itemSchema),
});

export type KeptItem = z.infer<typeof itemSchema>;
export type KeptRequest = z.infer<typeof requestSchema>;

/** The financing requests that came as messages, and which claim each of their invoices became. */
export class KeptRequests {
  readonly #store: DurableStore;

  constructor(store: DurableStore) {
    this.#store = store;
  }

  async find(group: string): Promise<KeptRequest | undefined> {
    return requestSchema.optional().parse(await this.#store.get(prefix + group));
  }

  async keep(request: KeptRequest): Promise<void> {
    await this.#store.put(prefix + request.group, request);
  }
}
