import type { Policy } from '@pledgeonce/chaincode/api.js';
import { takesTwo } from '@pledgeonce/chaincode/rules/steps-of-two.js';
import type { Logger } from 'pino';

/** How long an admin waits for the ledger's word. */
const patienceMs = 5_000;

export interface SecondAdminParts {
  readonly mspId: string;
  readonly kind: string;
  /** The consortium's policy as the ledger has it at this moment. */
  readonly policy: () => Promise<Policy>;
  readonly log: Pick<Logger, 'warn'>;
  readonly waitMs?: number;
}

/**
 * Whether the consortium wants two admins for everybody of an organisation. Asked anew each time: a word that is kept would let
 * one admin go on alone after the consortium has decided otherwise. While the ledger does not answer, two are needed.
 */
export function secondAdminBy({ mspId, kind, policy, log, waitMs = patienceMs }: SecondAdminParts) {
  return async (): Promise<boolean> => {
    let timer: NodeJS.Timeout | undefined;
    const impatience = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        reject(new Error('The ledger has not said in time how many admins admit somebody.'));
      }, waitMs);
    });
    try {
      const { twoPeople } = await Promise.race([policy(), impatience]);
      return takesTwo('people', { mspId, kind }, twoPeople);
    } catch (error) {
      log.warn({ err: error }, 'policy not read: two admins are needed');
      return true;
    } finally {
      clearTimeout(timer);
    }
  };
}
