import type { PartyId } from '../api.js';
import { factAt, type FactVersion } from '../facts/records.js';
import { latestVersion } from '../facts/latest.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import {
  digitsOf,
  type NearEntry,
  nearlySameAmount,
  type Resembling,
  sameAmount,
  sameDigits,
  sameSale,
  splitOrMerged,
  windowOf,
  windowsNear,
} from '../rules/near-keys.js';
import { areNeighbours, citedLoosely, type Citing, looseLink } from '../rules/citations.js';
import { byDocument, isSum } from '../rules/near-pairs.js';
import { partyText } from '../rules/parties.js';
import { ratesOf } from '../underlyings/rates.js';
import { Buckets } from './buckets.js';
import { type Described, describe, isPresent } from './describe.js';
import type { LookAlike } from './records.js';

/** Cited papers under whose loose number a document is filed. */
const mostCited = 20;
/** Look-alikes that are read to see whether they still say what made them so, the authorities' first. */
const mostRead = 24;

/** What is known of other documents already. */
interface Beside {
  /** They belong with the document, and say so. */
  readonly neighbours: ReadonlySet<string>;
  /** They looked like the document before: they are compared again, whatever the buckets remember. */
  readonly known: readonly string[];
}

/**
 * Looks for documents of the seller that may be this one in disguise, and files it for those that come later. Who cites
 * whom is no disguise; that a third paper cites both changes nothing.
 */
export async function findLookAlikes(
  work: UnitOfWork,
  fingerprints: Fingerprints,
  firm: PartyId,
  document: Described,
  { neighbours, known }: Beside,
): Promise<readonly LookAlike[]> {
  const { entry, citing } = document;
  const buckets = new Buckets(work, fingerprints);
  const party = partyText(firm);
  const digits = digitsOf(entry.number);
  const window = (period: number) => `window\n${party}\n${period}`;
  const [, ...others] = windowsNear(entry.day);
  const [byNumber, byAmount, byWindow, byCitation] = await Promise.all([
    digits === '' ? [] : buckets.file(`digits\n${party}\n${digits}`, entry),
    buckets.file(`amount\n${party}\n${entry.currency}\n${entry.amount}`, entry),
    Promise.all([
      buckets.file(window(windowOf(entry.day)), entry),
      ...others.map((period) => buckets.read(window(period))),
    ]),
    Promise.all(looseNames(citing).map((name) => buckets.file(`citation\n${name}`, entry))),
  ]);
  const strange = (some: readonly NearEntry[]) =>
    unique(some, entry).filter(({ fact }) => !neighbours.has(fact));
  const remembered = strange([...byNumber, ...byAmount, ...byWindow.flat(), ...byCitation.flat()]);
  const near = strange(byWindow.flat());
  const rates = await ratesOf(work, [entry.currency, ...near.map(({ currency }) => currency)]);

  const alike = (some: readonly NearEntry[]): readonly Resembling[] => [
    ...(digits === '' ? [] : sameDigits(entry, some)),
    ...sameAmount(entry, some),
    ...sameSale(entry, some),
    ...nearlySameAmount(entry, some, rates),
  ];
  const cited = new Set(strange(byCitation.flat()).map(({ fact }) => fact));
  const suspects = remembered.filter((one) => cited.has(one.fact) || alike([one]).length > 0);
  const inSums = splitOrMerged(entry, near).map(({ fact }) => fact);
  const again = known.filter((fact) => !neighbours.has(fact));
  const wanted = new Set([...again, ...inSums, ...believedFirst(suspects).map(({ fact }) => fact)]);
  const present = await read(work, firm, [...wanted].slice(0, mostRead), (fact) =>
    again.includes(fact) ? undefined : remembered.find((one) => one.fact === fact),
  );

  const strangers = present.filter((other) => !areNeighbours(citing, other.citing));
  const entries = strangers.map((other) => other.entry);
  const found: Resembling[] = [
    ...alike(entries),
    ...strangers
      .filter((other) => citedLoosely(citing, other.citing))
      .map((other) => ({ fact: other.entry.fact, reason: 'citation' as const })),
    ...splitOrMerged(entry, entries),
  ];
  return asLookAlikes(entry.fact, found, entries);
}

const filedUnder = ['invoice', 'declaration', 'purchase-order'];

/** The loose names under which a document is filed: its own, and those of the papers that it cites which tell a price. */
function looseNames({ link, cites }: Citing): string[] {
  const papers = cites.filter((text) => filedUnder.some((family) => text.startsWith(`${family}\n`)));
  return [...new Set([link, ...papers.slice(0, mostCited)].map(looseLink))];
}

function unique(entries: readonly NearEntry[], entry: NearEntry): readonly NearEntry[] {
  const others = entries.filter(({ fact }) => fact !== entry.fact);
  return [...new Map(others.map((one) => [one.fact, one])).values()];
}

function believedFirst(entries: readonly NearEntry[]): readonly NearEntry[] {
  return [...entries.filter(({ self }) => !self), ...entries.filter(({ self }) => self)];
}

/** What the documents say now, without those that were taken back or say something else than a bucket remembers. */
async function read(
  work: UnitOfWork,
  firm: PartyId,
  facts: readonly string[],
  remembered: (fact: string) => NearEntry | undefined,
): Promise<readonly Described[]> {
  const versions = await Promise.all(facts.map((fact) => standing(work, fact)));
  return versions.flatMap((version) => {
    const described = version && describe(version, firm);
    if (described === undefined) return [];
    const entry = remembered(described.entry.fact);
    return entry === undefined || isPresent(entry, described) ? [described] : [];
  });
}

/** The latest version of a document that stands; undefined once it was taken back or replaced. */
async function standing(work: UnitOfWork, fact: string): Promise<FactVersion | undefined> {
  const head = await work.read(factAt(fact));
  if (head === undefined || !['active', 'amended'].includes(head.status)) return undefined;
  return latestVersion(work, head);
}

function asLookAlikes(
  fact: string,
  found: readonly Resembling[],
  entries: readonly NearEntry[],
): readonly LookAlike[] {
  const reasons = byDocument(found);
  const sum = [...reasons].flatMap(([other, why]) => (isSum(why) ? [other] : []));
  return believedFirst(entries).flatMap(({ fact: other, self }) => {
    const why = reasons.get(other);
    if (why === undefined) return [];
    return [{ fact: other, reasons: why, self, ...(isSum(why) && { sum: [fact, ...sum] }) }];
  });
}
