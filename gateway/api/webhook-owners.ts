import { isAccount } from '@pledgeonce/chaincode/rules/accounts.js';
import type { Webhook } from '../webhooks/webhook.js';
import { accountIn } from './accounts.js';
import type { Caller } from './endpoint.js';
import { Problem } from './problem.js';

/**
 * The enterprise that a person of the portal acts for. The portal's admin acts for none: this is who runs the portal's
 * systems, and sets up those of its enterprises, too.
 */
export function enterpriseOf({ session: { person } }: Caller): string | undefined {
  return person.kind === 'enterprise' ? person.uscc : undefined;
}

/**
 * Whose records a new webhook is told of.
 *
 * @throws Problem INPUT_INVALID for what is no registered number, OTHER_ENTERPRISE for an admin of another enterprise.
 */
export function wantedEnterprise(body: object, caller: Caller): string | undefined {
  const own = enterpriseOf(caller);
  const wanted = accountIn(body) ?? own;
  if (wanted !== undefined && !isAccount(wanted)) {
    const detail = 'This is no registered number: its check digit is wrong.';
    throw new Problem('INPUT_INVALID', { detail, field: 'uscc' });
  }
  if (own !== undefined && wanted !== own) throw new Problem('OTHER_ENTERPRISE', { field: 'uscc' });
  return wanted;
}

/** Whether somebody of the portal may see a webhook: whoever acts for no enterprise, all of them. */
export function isOwn({ enterprise }: Webhook, own: string | undefined): boolean {
  return own === undefined || enterprise === own;
}
