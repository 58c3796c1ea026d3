import type { CreditCategory } from '../credit/api.js';
import { type ErrorCode, mostSevere } from '../errors.js';
import { dateOf } from '../rules/dates.js';
import type { Authorisation } from './records.js';

interface Use {
  readonly categories: readonly CreditCategory[];
  readonly purpose: string;
  readonly now: number;
}

/** Why an authorisation does not allow a use; undefined when it does. */
export function whyNot(
  authorisation: Authorisation,
  { categories, purpose, now }: Use,
): ErrorCode | undefined {
  const today = dateOf(now);
  const faults: readonly (readonly [boolean, ErrorCode])[] = [
    [authorisation.state === 'revoked', 'AUTHORISATION_REVOKED'],
    [today < authorisation.from, 'AUTHORISATION_NOT_YET'],
    [today > authorisation.to, 'AUTHORISATION_EXPIRED'],
    [authorisation.usesLeft < 1, 'AUTHORISATION_USED_UP'],
    [!categories.every((one) => authorisation.categories.includes(one)), 'CATEGORY_NOT_AUTHORISED'],
    [spelling(purpose) !== spelling(authorisation.purpose), 'PURPOSE_NOT_AUTHORISED'],
  ];
  return mostSevere(faults.filter(([holds]) => holds).map(([, code]) => ({ code })))?.code;
}

/** A purpose is quoted by a person: capitals and blanks make no other purpose. */
function spelling(purpose: string): string {
  return purpose.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();
}
