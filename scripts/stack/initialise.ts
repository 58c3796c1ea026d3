import { signIn } from '../rest/client.js';
import { at } from '../rest/json.js';
import type { StackDescription } from './description.js';
import { Failure } from './failure.js';

/** Gives a new registry its fingerprint key, without which it records nothing; one that has it is left alone. */
export async function ensureInitialised(stack: StackDescription): Promise<void> {
  const regulator = await signIn(stack, 'RegulatorMSP', 'officer');
  const { status, body } = await regulator.post('/registry/initialisation', undefined);
  if (status === 201 || at(body, 'code') === 'ALREADY_INITIALISED') return;
  throw new Failure(
    `The registry could not be initialised: ${status} ${JSON.stringify(body)}`,
    'Look into the logs of the network, then start again.',
  );
}
