import type { NearDuplicate } from '../api.js';
import { catalogue } from '../catalogue.js';
import { nearBucketAt } from '../ledger/addresses.js';
import type { Underlying } from '../ledger/kinds.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { dayNumber } from '../rules/dates.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import {
  digitsOf,
  filed,
  type NearEntry,
  nearlySameAmount,
  sameAmount,
  sameDigits,
  sameSale,
  splitOrMerged,
  windowOf,
  windowsNear,
} from '../rules/near-keys.js';
import type { MinorMoney } from '../rules/money.js';
import { partyText } from '../rules/parties.js';
import { ratesOf } from '../underlyings/rates.js';
import type { PreparedFact } from './prepare.js';

/** Alerts that one record keeps; a person needs a few examples, not a list. */
const mostAlerts = 5;

/**
 * Looks for documents that may be the same one in disguise, and files this one for those that come later. What
 * belongs to the same trade anyway is no duplicate: its draws are counted together.
 */
export async function nearDuplicates(
  work: UnitOfWork,
  fingerprints: Fingerprints,
  fact: string,
  { key, seller, content }: PreparedFact,
  total: MinorMoney,
  trade: Underlying,
): Promise<NearDuplicate[]> {
  const day = dayNumber(content.date);
  const entry: NearEntry = {
    fact,
    number: key.number,
    family: catalogue[key.type].family,
    currency: total.currency,
    amount: total.minor,
    day,
    buyer: content.buyer && partyText(content.buyer),
  };
  const party = partyText(seller);
  const digits = digitsOf(key.number);
  const window = (period: number) => `window\n${party}\n${period}`;

  const [byNumber, byAmount, ...byWindow] = await Promise.all([
    digits === '' ? [] : bucket(work, fingerprints, `digits\n${party}\n${digits}`),
    bucket(work, fingerprints, `amount\n${party}\n${total.currency}\n${total.minor}`),
    ...windowsNear(day).map((period) => bucket(work, fingerprints, window(period))),
  ]);
  if (digits !== '') file(work, fingerprints, `digits\n${party}\n${digits}`, byNumber, entry);
  file(work, fingerprints, `amount\n${party}\n${total.currency}\n${total.minor}`, byAmount, entry);
  file(work, fingerprints, window(windowOf(day)), byWindow[0] ?? [], entry);

  const sameTrade = new Set([fact, ...trade.rows.map((row) => row.fact)]);
  const strangers = (entries: readonly NearEntry[]) => entries.filter((other) => !sameTrade.has(other.fact));
  const near = strangers(byWindow.flat());
  const found = [
    ...sameDigits(entry, strangers(byNumber)),
    ...sameAmount(entry, strangers(byAmount)),
    ...sameSale(entry, strangers(byAmount)),
    ...nearlySameAmount(
      entry,
      near,
      await ratesOf(work, [entry.currency, ...near.map((one) => one.currency)]),
    ),
    ...splitOrMerged(entry, near),
  ];
  const distinct = [...new Map(found.map((one) => [one.fact, one])).values()].slice(0, mostAlerts);
  if (distinct.length > 0)
    work.alert({ alert: 'near-duplicate', facts: [fact, ...distinct.map((one) => one.fact)] });
  return distinct;
}

async function bucket(
  work: UnitOfWork,
  fingerprints: Fingerprints,
  text: string,
): Promise<readonly NearEntry[]> {
  const ids = fingerprints.candidates('near', text);
  const buckets = await Promise.all(ids.map((id) => work.read(nearBucketAt(id))));
  return buckets.flatMap((one) => one?.entries ?? []);
}

function file(
  work: UnitOfWork,
  fingerprints: Fingerprints,
  text: string,
  present: readonly NearEntry[],
  entry: NearEntry,
): void {
  work.write(nearBucketAt(fingerprints.candidates('near', text)[0]), { entries: [...filed(present, entry)] });
}
