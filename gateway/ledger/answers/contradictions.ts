import type { Logger } from 'pino';
import { z } from 'zod';
import type { DurableStore } from '../../storage/durable-store.js';
import type { Contradiction } from './settle.js';
import type { Said } from './confer.js';
import type { Trust } from './trust.js';

const prefix = 'contradiction/';
/** The latest are kept; a node that lies for weeks need not fill a disk with its lies. */
const keptAtMost = 1_000;

const base64 = z.base64();

/** What one node said to the proposal: an answer bears its signature, a refusal in Fabric bears none. */
const saidSchema = z.union([
  z.strictObject({ mspId: z.string(), response: base64, endorser: base64, signature: base64 }),
  z.strictObject({ mspId: z.string(), refusal: z.string() }),
]);

export const contradictionSchema = z.strictObject({
  /** Of the proposal; nothing was ordered under it. */
  transactionId: z.string(),
  at: z.string(),
  function: z.string(),
  /** Organisations whose nodes said otherwise than two others, at the same state of the ledger. */
  odd: z.array(z.string()).min(1),
  said: z.array(saidSchema).min(2),
});

/** Nodes that differed, with what each said, as it is kept for whoever asks them why. */
export type KeptContradiction = z.infer<typeof contradictionSchema>;

export interface ContradictionParts {
  readonly store: DurableStore;
  readonly trust: Trust;
  readonly log: Logger;
  readonly clock?: () => number;
  /** Told the organisation of each node that said otherwise. */
  readonly counted: (mspId: string) => void;
}

/** Names nodes that contradict the others, leaves them aside, and keeps what each has said. */
export class Contradictions {
  readonly #parts: ContradictionParts;

  constructor(parts: ContradictionParts) {
    this.#parts = parts;
  }

  get trust(): Trust {
    return this.#parts.trust;
  }

  note(contradiction: Contradiction): void {
    const { trust, log, counted, clock = Date.now } = this.#parts;
    const { odd, transactionId, said } = contradiction;
    for (const mspId of odd) {
      trust.contradicted(mspId);
      counted(mspId);
    }
    log.error({ odd, transactionId, function: contradiction.function }, 'a node contradicts two others');
    const at = new Date(clock()).toISOString();
    this.#keep({
      transactionId,
      at,
      function: contradiction.function,
      odd: [...odd],
      said: said.flatMap(kept),
    }).catch((error: unknown) => {
      log.error({ err: error, transactionId }, 'what the nodes said could not be kept');
    });
  }

  /** The latest first. */
  async latest(limit: number): Promise<KeptContradiction[]> {
    const found: KeptContradiction[] = [];
    for await (const [, value] of this.#parts.store.entries(prefix, { reverse: true, limit })) {
      found.push(contradictionSchema.parse(value));
    }
    return found;
  }

  async #keep(contradiction: KeptContradiction): Promise<void> {
    const { store } = this.#parts;
    await store.put(`${prefix}${contradiction.at}/${contradiction.transactionId}`, contradiction);
    let count = 0;
    for await (const [key] of store.entries(prefix, { reverse: true })) {
      count += 1;
      if (count > keptAtMost) await store.delete(key);
    }
  }
}

function kept(said: Said): KeptContradiction['said'] {
  switch (said.kind) {
    case 'answer': {
      const { mspId, response, endorser, signature } = said.answer;
      const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
      return [{ mspId, response: text(response), endorser: text(endorser), signature: text(signature) }];
    }
    case 'refusal':
      return [{ mspId: said.mspId, refusal: said.refusal.message }];
    case 'nothing':
      return [];
  }
}
