import { partyIdSchema } from '@pledgeonce/chaincode/schemas.js';
import { accountText, debtorSchemes, partyOfAccount } from '@pledgeonce/chaincode/rules/accounts.js';
import { canonicalParty } from '@pledgeonce/chaincode/rules/parties.js';
import { z } from 'zod';
import { Problem } from './problem.js';

/** A firm abroad that has an account as a debtor. */
export const debtorPartySchema = partyIdSchema.extend({ scheme: z.enum(debtorSchemes) });

/** For whom a person of the portal acts: an enterprise by its registered number, or a debtor abroad. */
export const accountShape = { uscc: z.string().optional(), party: debtorPartySchema.optional() };

/** What is told of an account. */
export function shownAccount(account: string | undefined): z.infer<z.ZodObject<typeof accountShape>> {
  if (account === undefined) return {};
  const party = partyOfAccount(account);
  return party.scheme === 'USCC' ? { uscc: account } : { party: debtorPartySchema.parse(party) };
}

/**
 * The account that a request means, in its one spelling.
 *
 * @throws LedgerError PARTY_INVALID or CHECK_DIGIT_WRONG.
 * @throws Problem INPUT_INVALID where it names both.
 */
export function accountIn(body: object): string | undefined {
  const { uscc, party } = z.object(accountShape).parse(body);
  if (party === undefined) return uscc;
  if (uscc !== undefined) {
    throw new Problem('INPUT_INVALID', { detail: 'Name uscc or party, not both.', field: 'party' });
  }
  return accountText(canonicalParty(party, 'party'));
}
