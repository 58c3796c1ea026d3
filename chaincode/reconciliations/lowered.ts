import { type Claim, claimVersions } from '../claims/records.js';
import { factAt, type FactVersion, factVersionAt } from '../facts/records.js';
import { namesOf } from '../ledger/call.js';
import type { UnitOfWork } from '../ledger/unit-of-work.js';
import type { Verb } from '../ledger/verb.js';
import { instantText } from '../rules/dates.js';
import { isOver } from '../rules/claim-states.js';
import { parseMoney } from '../rules/money.js';
import { parseQuantity } from '../rules/quantities.js';
import { loadUnderlying } from '../underlyings/load.js';
import type { Output } from '../api.js';

type Lowered = Output<'readLoweredDocuments'>['claims'][number];
type Line = Claim['lines'][number];

/**
 * Which documents of a bank's own claims were lowered, cancelled or replaced since it drew on them; not by how much, which
 * a verification tells. A claim that has ended concerns nobody any more: what came after its end is not told. Of a claim
 * that is another bank's, or nobody's, nothing is.
 */
export const readLoweredDocuments: Verb<'readLoweredDocuments'> = async (
  { work, caller },
  { claims, until },
) => ({
  claims: await Promise.all(
    claims.map(async (id) => {
      const claim = await ownClaim(work, namesOf(caller), id);
      return claim === undefined ? [] : loweredOf(work, claim, instantText(Date.parse(until)));
    }),
  ),
});

async function ownClaim(work: UnitOfWork, names: readonly string[], id: string): Promise<Claim | undefined> {
  for (const name of names) {
    const claim = await claimVersions.latest(work, name, id);
    if (claim !== undefined) return claim;
  }
  return undefined;
}

async function loweredOf(work: UnitOfWork, claim: Claim, until: string): Promise<Lowered> {
  const before = isOver(claim.state) && claim.updatedAt < until ? claim.updatedAt : until;
  const byFact = new Map(claim.lines.map((line) => [line.fact, line]));
  const lowered = await Promise.all(
    [...byFact.values()].map((line) => changeOf(work, line, claim.createdAt, before)),
  );
  return lowered.flat();
}

async function changeOf(
  work: UnitOfWork,
  { fact, document }: Line,
  since: string,
  until: string,
): Promise<Lowered> {
  const [then, now] = await Promise.all([versionAt(work, fact, since), versionAt(work, fact, until)]);
  if (then === undefined || now === undefined) return [];
  const at = now.updatedAt;
  if (now.status === 'cancelled' && then.status !== 'cancelled')
    return [{ document, change: 'cancelled', at }];
  if (now.status === 'replaced' && then.status !== 'replaced') return [{ document, change: 'replaced', at }];
  if (stated(now) < stated(then)) return [{ document, change: 'lowered', at }];
  const credited = await creditedSince(work, fact, since, until);
  return credited === undefined ? [] : [{ document, change: 'lowered', at: credited }];
}

/** What a document allows by itself, in the smallest parts of its currency or unit. */
function stated({ content: { quantity, payable, total } }: FactVersion): bigint {
  if (quantity !== undefined) return parseQuantity(quantity, 'quantity').minor;
  const money = payable ?? total;
  return money === undefined ? 0n : parseMoney(money, 'payable', 'allow-zero').minor;
}

/** When a credit note was recorded, or made larger, that lowers the document; undefined where none was. */
async function creditedSince(
  work: UnitOfWork,
  fact: string,
  since: string,
  until: string,
): Promise<string | undefined> {
  const head = await work.read(factAt(fact));
  const trade = head && (await loadUnderlying(work, head.underlying));
  const row = trade?.rows.find((one) => one.fact === fact);
  const credits = trade?.credits.filter(({ link }) => row?.names.includes(link)) ?? [];
  const grown = await Promise.all(
    credits.map(async (credit) => {
      const [then, now] = await Promise.all([
        versionAt(work, credit.fact, since),
        versionAt(work, credit.fact, until),
      ]);
      const isMore = now !== undefined && credited(now) > (then === undefined ? 0n : credited(then));
      return isMore ? [now.updatedAt] : [];
    }),
  );
  return grown.flat().sort().at(-1);
}

function credited(version: FactVersion): bigint {
  return version.status === 'cancelled' ? 0n : stated(version);
}

/** The version of a document that was in force at a moment; undefined before it was recorded. */
async function versionAt(work: UnitOfWork, fact: string, moment: string): Promise<FactVersion | undefined> {
  const head = await work.read(factAt(fact));
  for (let version = head?.version ?? 0; version > 0; version -= 1) {
    const found = await work.read(factVersionAt(fact, version));
    if (found !== undefined && found.updatedAt <= moment) return found;
  }
  return undefined;
}
