import type { Call } from '../ledger/call.js';
import { memberAt } from './records.js';

/**
 * Whose record a call means: a bank's own, or that of the bank which a government node names. Whoever is no bank owns none;
 * one that is suspended or gone still owns what it owned.
 *
 * @returns undefined when a government node names no bank.
 */
export async function bankMeant(
  { work, caller }: Pick<Call, 'work' | 'caller'>,
  named: string | undefined,
): Promise<string | undefined> {
  if (caller.kind === 'bank') return caller.mspId;
  const member = named === undefined ? undefined : await work.read(memberAt(named));
  return member?.kind === 'bank' ? named : undefined;
}
