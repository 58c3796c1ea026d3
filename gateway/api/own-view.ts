import type { Caller } from './endpoint.js';
import { Problem } from './problem.js';

/**
 * Which records of the organisation's tables a person may see: on the portal only those of their own enterprise.
 *
 * @throws Problem OTHER_ENTERPRISE for somebody of the portal who acts for no enterprise.
 */
export function ownView({ session: { person } }: Caller): { readonly enterprise?: string } {
  if (person.kind !== 'enterprise') return {};
  if (person.uscc === undefined) throw new Problem('OTHER_ENTERPRISE');
  return { enterprise: person.uscc };
}
