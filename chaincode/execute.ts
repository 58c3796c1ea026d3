import type { z } from 'zod';
import { type Input, inputSchemas, type LedgerEvent } from './api.js';
import { assertFresh } from './clock.js';
import { LedgerError } from './errors.js';
import { type LedgerFunction, permissions } from './permissions.js';
import { verbs } from './verbs.js';
import { callerOf } from './members/caller-of.js';
import { knowPortals } from './members/portals.js';
import { portalPlacesAt } from './members/records.js';
import type { Certificate } from './ledger/call.js';
import { readInPlaceOf, readInput, readResponseKey, type Transient } from './ledger/input.js';
import type { LedgerPort } from './ledger/port.js';
import type { Verb } from './ledger/verb.js';
import { Reads } from './ledger/reads.js';
import { sealsOf, unsealed } from './ledger/seals.js';
import { seal, withoutSecrets } from './ledger/sealing.js';
import { UnitOfWork } from './ledger/unit-of-work.js';

/** One proposal, freed of Fabric's types. */
export interface Proposal {
  readonly port: LedgerPort;
  readonly transient: Transient;
  readonly certificate: Certificate;
  readonly transactionId: string;
  readonly timestamp: number;
  announce(event: LedgerEvent): void;
}

/**
 * Carries out one function. Writes reach the ledger only after the verb has succeeded, so a refusal writes nothing.
 *
 * @returns the payload of the transaction.
 */
export async function execute(name: LedgerFunction, proposal: Proposal): Promise<string> {
  const { port, transient, timestamp } = proposal;
  const schema: z.ZodType = inputSchemas[name];
  const key = readResponseKey(transient);
  const submit = permissions[name].access === 'submit';
  // Nothing tells an endorser whether its caller will submit: a question that is submitted leaves its answer in a block.
  if (!submit && key === undefined) throw new LedgerError('RESPONSE_KEY_MISSING');
  const reads = new Reads(port);
  const work = new UnitOfWork(reads);
  // Whoever may not ask is told so before what they send is read.
  const inPlaceOf = readInPlaceOf(transient);
  const caller = await reads.together(async () => {
    const places = submit ? work.read(portalPlacesAt) : undefined;
    try {
      return await callerOf(work, permissions[name], proposal.certificate, inPlaceOf);
    } finally {
      // In one message with what the register says of the caller; nothing may be asked once there is an answer.
      await places;
    }
  });
  // Whoever writes may write what an enterprise reads; and its own people act at its portal.
  if (submit || caller.kind === 'enterprise') await knowPortals(work, caller);
  const input = readInput(transient, schema) as Input<LedgerFunction>;
  if (submit) assertFresh(timestamp);
  const verb = verbs[name] as Verb<LedgerFunction>;
  const answer = await verb({ work, reads, port, caller, now: timestamp }, input);
  const event = await work.flush(port, submit ? await sealsOf(work, proposal.transactionId) : unsealed);
  if (event !== undefined) proposal.announce(event);
  if (key !== undefined) return seal(JSON.stringify(answer), key, proposal.transactionId);
  return JSON.stringify(withoutSecrets(answer));
}
