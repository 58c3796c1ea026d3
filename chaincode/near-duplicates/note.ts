import type { NearDuplicate, PartyId } from '../api.js';
import { catalogue } from '../catalogue.js';
import { type FactVersion, factVersionAt } from '../facts/records.js';
import type { Call } from '../ledger/call.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import { canonicalJson } from '../rules/canonical-json.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { areNeighbours } from '../rules/citations.js';
import { twinsOf } from '../rules/trades.js';
import type { Trade } from '../rules/trade.js';
import { type Described, describe } from './describe.js';
import { findLookAlikes } from './find.js';
import { Pairs } from './pairs.js';
import { type LookAlike, nearDuplicatesView } from './records.js';

/**
 * Compares a document, as it is stored now, with others of its seller, puts the pairs on record and alerts whoever sees one
 * of them. An amendment takes away the pairs that it leaves nothing of, and the marks of those that it changes.
 *
 * @param firm the one id that stands for the seller.
 * @param trade in which the document is; its neighbours there are no look-alikes.
 */
export async function noteLookAlikes(
  { work }: Call,
  fingerprints: Fingerprints,
  version: FactVersion,
  firm: PartyId,
  trade: Trade,
): Promise<NearDuplicate[]> {
  const { id } = version;
  const pairs = new Pairs(work);
  if (!['active', 'amended'].includes(version.status)) {
    await forgetLookAlikes(work, id);
    return [];
  }
  const known = (await pairs.of(id)).others;
  const document = describe(version, firm);
  const found =
    document === undefined
      ? []
      : await findLookAlikes(work, fingerprints, firm, document, {
          neighbours: neighboursOf(document, trade),
          known: known.map(({ fact }) => fact),
        });
  if (found.length === 0 && known.length === 0) return [];
  const same = document !== undefined && (await saysTheSame(work, version, firm, document));
  const marked = found.map((one) => (same ? { ...one, checked: markOf(one, known) } : one));
  const others = await pairs.replace(id, document?.entry.self === true, marked);
  const told = others.map(({ fact }) => fact).filter((fact) => known.every((one) => one.fact !== fact));
  if (told.length > 0) work.alert({ alert: 'near-duplicate', facts: [id, ...told] });
  return nearDuplicatesView({ others: [...others] });
}

/** A document that was taken back or replaced looks like nothing any more. */
export async function forgetLookAlikes(work: UnitOfWork, fact: string): Promise<void> {
  const pairs = new Pairs(work);
  if ((await pairs.of(fact)).others.length > 0) await pairs.replace(fact, false, []);
}

/** Two bills for the same boxes are told of as that. */
function neighboursOf({ entry, citing }: Described, trade: Trade): ReadonlySet<string> {
  const others = trade.rows.filter(({ fact }) => fact !== entry.fact);
  const neighbours = others.filter(({ type, link, cites }) =>
    areNeighbours(citing, { family: catalogue[type].family, link, cites }),
  );
  return new Set([...neighbours.map(({ fact }) => fact), ...twinsOf(trade, entry.fact)]);
}

/** Whether the version before said the same of everything that is compared. */
async function saysTheSame(
  work: UnitOfWork,
  { id, version }: FactVersion,
  firm: PartyId,
  now: Described,
): Promise<boolean> {
  const before = version > 1 ? await work.read(factVersionAt(id, version - 1)) : undefined;
  const described = before && describe(before, firm);
  return described !== undefined && textOf(described) === textOf(now);
}

function textOf({ entry, citing }: Described): string {
  return canonicalJson({ ...entry, amount: entry.amount.toString(), ...citing });
}

/** The mark holds as long as the two are alike in nothing else than when somebody looked. */
function markOf({ fact, reasons }: LookAlike, known: readonly LookAlike[]): LookAlike['checked'] {
  const before = known.find((one) => one.fact === fact);
  const isSame =
    before !== undefined &&
    before.reasons.length === reasons.length &&
    reasons.every((one) => before.reasons.includes(one));
  return isSame ? before.checked : undefined;
}
