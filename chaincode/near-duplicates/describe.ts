import type { PartyId } from '../api.js';
import { catalogue } from '../catalogue.js';
import type { FactVersion } from '../facts/records.js';
import { dayNumber } from '../rules/dates.js';
import { parseMoney } from '../rules/money.js';
import type { NearEntry } from '../rules/near-keys.js';
import { type Citing, citingOf } from '../rules/citations.js';
import { partyText } from '../rules/parties.js';

/** A document as it is compared with others of its seller. */
export interface Described {
  readonly entry: NearEntry;
  readonly citing: Citing;
}

/**
 * @param firm whose document it is, by the one id that stands for all of its ids.
 * @returns undefined for a document that states no amount, or that nothing is lent or paid on.
 */
export function describe(
  { id, self, content }: Pick<FactVersion, 'id' | 'self' | 'content'>,
  firm: PartyId,
): Described | undefined {
  const { type, number, total, date, buyer } = content;
  const { family, drawnAs } = catalogue[type];
  if (total === undefined || !drawnAs.some((role) => role !== 'cover')) return undefined;
  const { minor, currency } = parseMoney(total, 'total', 'allow-zero');
  const entry: NearEntry = {
    fact: id,
    number,
    family,
    currency,
    amount: minor,
    day: dayNumber(date),
    buyer: buyer && partyText(buyer),
    ...(self && { self }),
  };
  return { entry, citing: citingOf(content, firm) };
}

/** Whether a bucket still says of a document what it states: it may remember an earlier version. */
export function isPresent(remembered: NearEntry, { entry }: Described): boolean {
  const { number, currency, amount, day } = remembered;
  return (
    entry.number === number && entry.currency === currency && entry.amount === amount && entry.day === day
  );
}
