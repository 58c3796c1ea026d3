import type { Consortium } from '@pledgeonce/network/consortium.js';
import { signIn } from '../rest/client.js';
import { at } from '../rest/json.js';
import type { StackDescription } from './description.js';
import { Failure } from './failure.js';

/**
 * Gives a new registry its fingerprint key, without which it records nothing, and tells it what the consortium has decided
 * on; one that has its key is left alone.
 */
export async function ensureInitialised(
  stack: StackDescription,
  policy: Consortium['policy'],
): Promise<void> {
  const regulator = await signIn(stack, 'RegulatorMSP', 'officer');
  const { status, body } = await regulator.post('/registry/initialisation', undefined);
  if (at(body, 'code') === 'ALREADY_INITIALISED') return;
  if (status !== 201) throw failure('The registry could not be initialised', status, body);
  if (policy === undefined) return;
  const approver = await signIn(stack, 'RegulatorMSP', 'approver');
  const set = await approver.post('/registry/policy', policy);
  if (set.status !== 201) throw failure('The policy of the consortium was refused', set.status, set.body);
}

function failure(what: string, status: number, body: unknown): Failure {
  return new Failure(
    `${what}: ${status} ${JSON.stringify(body)}`,
    'Look into the logs of the network, then start again.',
  );
}
