import { isBank } from './banks.js';
import type { Call } from './call.js';

/**
 * Whose record a call means: a bank's own, or that of the bank which a government node names. Whoever is no bank owns
 * none, and has no collection that could be asked.
 *
 * @returns undefined when a government node names no bank.
 */
export async function bankMeant(
  call: Pick<Call, 'caller' | 'reads'>,
  named: string | undefined,
): Promise<string | undefined> {
  if (call.caller.kind === 'bank') return call.caller.mspId;
  return named !== undefined && (await isBank(call, named)) ? named : undefined;
}
