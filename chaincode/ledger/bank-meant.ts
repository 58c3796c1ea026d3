import { kindOf } from '../roles.js';
import type { Call } from './call.js';

/**
 * Whose record a call means: a bank's own, or that of the bank which a government node names. Whoever is known not to be
 * a bank owns none, and a government node does not even have a collection that could be asked.
 *
 * @returns undefined when a government node names no bank.
 */
export function bankMeant({ caller }: Pick<Call, 'caller'>, named: string | undefined): string | undefined {
  if (caller.kind === 'bank') return caller.mspId;
  return named !== undefined && kindOf(named) === 'bank' ? named : undefined;
}
