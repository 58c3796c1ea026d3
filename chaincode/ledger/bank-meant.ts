import { kindOf } from '../roles.js';
import type { Call } from './call.js';

/**
 * Whose record a call means: a bank's own, or that of the bank which a government node names. Whoever is no bank owns none;
 * one that is suspended or gone still owns what it owned.
 *
 * @returns undefined when a government node names no bank.
 */
export function bankMeant({ caller }: Pick<Call, 'caller'>, named: string | undefined): string | undefined {
  if (caller.kind === 'bank') return caller.mspId;
  return named !== undefined && kindOf(named) === 'bank' ? named : undefined;
}
