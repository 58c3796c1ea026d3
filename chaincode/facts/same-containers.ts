import type { PartyId } from '../api.js';
import { catalogue, joiningFamily } from '../catalogue.js';
import { isSameFirm } from '../firms/firm-of.js';
import type { Underlying } from '../underlyings/records.js';
import { containerBucketAt, factAt, type FactHead, type FactVersion } from './records.js';
import { findFirst } from '../ledger/find-first.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { linkText } from '../rules/document-keys.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { type Journey, journeyOf, overlaps, sameGoods } from '../rules/journeys.js';
import { twinsOf } from '../rules/trades.js';
import { loadUnderlying } from '../underlyings/load.js';
import { holdersOf } from '../underlyings/store.js';
import { latestVersion } from './latest.js';
import type { PreparedFact } from './prepare.js';

const transportFamilies: ReadonlySet<string> = new Set(
  Object.values(catalogue).flatMap(({ section, family }) => (section === 'transport' ? [family] : [])),
);

/** Documents that one bucket keeps, the last recorded first: years of voyages of one container. */
const bucketSize = 30;

/** Another document of transport that lists one of the containers for the same time. */
export interface SameContainers {
  readonly fact: string;
  /** What joins it to its trade; absent where the document is another seller's. */
  readonly link?: string | undefined;
  /**
   * `related`: the two say how they belong together, one cites the other or both the same third one. `twin`: they do not.
   * `replaced`: the other was cancelled while something was drawn on it, and this one stands in its place.
   */
  readonly relation: 'related' | 'twin' | 'replaced';
}

/**
 * Looks for documents under which the same containers travel at the same time, and files this one for those that come
 * later. Of one seller they are the same goods; a box shared with strangers is for a person to look at, and limits nobody.
 *
 * @param firm whose document it is.
 */
export async function sameContainers(
  work: UnitOfWork,
  fingerprints: Fingerprints,
  fact: string,
  { key, content }: PreparedFact,
  firm: PartyId,
): Promise<readonly SameContainers[]> {
  const journey = journeyOf(content);
  if (journey === undefined) return [];
  const buckets = await Promise.all(
    journey.containers.map((container) => fileUnder(work, fingerprints, container, fact, journey)),
  );
  const others = [...new Set(buckets.flat())];
  const found = await Promise.all(others.map((other) => latestOf(work, other)));
  const same = await Promise.all(
    found.map(async (other): Promise<SameContainers[]> => {
      if (other === undefined) return [];
      // A bucket may remember what the document said before an amendment.
      const present = journeyOf(other.version.content);
      if (present === undefined || !sameGoods(journey, present)) return [];
      const own = { ...key, cites: content.cites };
      const theirs = { ...other.head, cites: other.version.content.cites };
      const { family } = catalogue[other.head.type];
      const isOwn = await isSameFirm(work, fingerprints, [firm], other.head.seller);
      const link = isOwn ? linkText(family, firm, other.head.number, other.head.period) : undefined;
      const relation = areRelated(own, theirs) ? 'related' : 'twin';
      if (other.head.status !== 'cancelled') return [{ fact: other.head.id, link, relation }];
      const isDrawn = await isDrawnOn(work, other.head);
      return isDrawn ? [{ fact: other.head.id, link, relation: 'replaced' }] : [];
    }),
  );
  return same.flat();
}

async function isDrawnOn(work: UnitOfWork, { id, underlying }: FactHead): Promise<boolean> {
  return (await loadUnderlying(work, underlying)).draws.some(({ fact }) => fact === id);
}

/**
 * Alerts the carrier, the holders and the regulator of documents that list the same goods without citing each other, and
 * of one that takes the place of a cancelled one that is still drawn on.
 *
 * @returns the documents of the same seller whose goods this one states once more.
 */
export function alertTwins(
  work: UnitOfWork,
  fact: string,
  others: readonly SameContainers[],
  before: Underlying,
): readonly string[] {
  const own = others.filter(({ link }) => link !== undefined);
  const inRelation = (wanted: SameContainers['relation']) =>
    own.filter(({ relation }) => relation === wanted).map((one) => one.fact);
  const strangers = others.filter(({ link, relation }) => link === undefined && relation !== 'related');
  const twins = inRelation('twin');
  const known = twinsOf(before, fact);
  const isNew = !before.rows.some((row) => row.fact === fact);
  const replaced = inRelation('replaced');
  const told = [
    ...twins.filter((one) => !known.includes(one)),
    ...(isNew ? [...replaced, ...strangers.map((one) => one.fact)] : []),
  ];
  if (told.length > 0) {
    work.alert({
      alert: 'same-containers',
      ...holdersOf(before),
      facts: [...new Set([fact, ...twins, ...told])],
    });
  }
  return [...twins, ...replaced];
}

/** Files a document under one of its containers, and returns those that were there for the same time. */
async function fileUnder(
  work: UnitOfWork,
  fingerprints: Fingerprints,
  container: string,
  fact: string,
  { from, to }: Journey,
): Promise<readonly string[]> {
  const ids = fingerprints.candidates('container', container);
  const present = (await findFirst(work, ids, containerBucketAt)).record?.entries ?? [];
  const same = present.find((entry) => entry.fact === fact);
  const others = present.filter((entry) => entry.fact !== fact);
  if (same?.from !== from || same.to !== to) {
    const entries = [{ fact, from, to }, ...others].slice(0, bucketSize);
    work.write(containerBucketAt(ids[0]), { entries });
  }
  return others.filter((entry) => overlaps(entry, { from, to })).map((entry) => entry.fact);
}

async function latestOf(
  work: UnitOfWork,
  id: string,
): Promise<{ readonly head: FactHead; readonly version: FactVersion } | undefined> {
  const head = await work.read(factAt(id));
  return head && { head, version: await latestVersion(work, head) };
}

type Cited = Pick<FactVersion['content'], 'cites'> & Pick<FactHead, 'type' | 'number'>;

function areRelated(own: Cited, theirs: Cited): boolean {
  const [mine, others] = [citedPapers(own), citedPapers(theirs)];
  return mine.has(paper(theirs)) || others.has(paper(own)) || [...mine].some((cited) => others.has(cited));
}

/** The documents of carriers that a document cites, as family and number. */
function citedPapers({ cites }: Cited): ReadonlySet<string> {
  return new Set(
    cites.flatMap(({ type, number }) => {
      const family = joiningFamily[type];
      return family !== undefined && transportFamilies.has(family) ? [`${family} ${number}`] : [];
    }),
  );
}

function paper({ type, number }: Cited): string {
  return `${catalogue[type].family} ${number}`;
}
