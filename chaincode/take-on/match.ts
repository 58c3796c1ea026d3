import { catalogue } from '../catalogue.js';
import { accountOfHolder } from '../claims/account.js';
import { following } from '../claims/lay-waiting.js';
import { type Claim, claimVersions } from '../claims/records.js';
import { writeClaim } from '../claims/write.js';
import { laidOn } from '../draws/laid-on.js';
import { LineRefusal } from '../draws/line-refusal.js';
import { findFact } from '../facts/find.js';
import type { FactHead } from '../facts/records.js';
import { isSameFirm } from '../firms/firm-of.js';
import type { Call } from '../ledger/call.js';
import { findFirst } from '../ledger/find-first.js';
import { nextVersion } from '../ledger/versions.js';
import type { Draw } from '../rules/balances.js';
import { documentKey } from '../rules/document-keys.js';
import type { Fingerprints } from '../rules/fingerprints.js';
import { emptyTrade, withUsedUp } from '../rules/trades.js';
import { loadUnderlying } from '../underlyings/load.js';
import { type Underlying, underlyingAt } from '../underlyings/records.js';
import { storeWithAlerts } from '../underlyings/store.js';
import { awaitedText } from './awaited.js';
import { awaitedAt } from './records.js';
import { lineOn, standingOn } from '../draws/standing.js';

/**
 * What waits for a document lies on it from now on, whether or not it allows that. As many claims as may wait for one
 * document, and no more, are read and written with it. What does not fit, because the firm is another or no rate is
 * published, goes on waiting.
 *
 * @param texts by which the document may be awaited, one for each of its hard keys.
 * @returns how many claims were matched.
 */
export async function matchAwaited(
  call: Call,
  keys: Fingerprints,
  head: FactHead,
  texts: readonly string[],
): Promise<number> {
  const { work } = call;
  const matched: string[] = [];
  for (const text of new Set(texts)) {
    const { id, record } = await findFirst(work, keys.candidates('awaited', text), awaitedAt);
    if (record === undefined || record.trades.length === 0) continue;
    const left: typeof record.trades = [];
    for (const one of record.trades) {
      const { claims, rest } = await matchTrade(call, keys, head, await loadUnderlying(work, one.underlying));
      matched.push(...claims);
      if (rest) left.push(one);
    }
    if (left.length < record.trades.length) work.write(awaitedAt(id), { trades: left });
  }
  if (matched.length > 0) work.alert({ alert: 'taken-on-matched', claims: matched, facts: [head.id] });
  return matched.length;
}

/** Matches what a claim that was taken on still waits for, with documents that have come since. */
export async function matchClaim(call: Call, keys: Fingerprints, claim: Claim): Promise<Claim> {
  const { work } = call;
  let matched = 0;
  for (const { document } of claim.lines.filter(({ awaited }) => awaited)) {
    const key = documentKey(document, claim.enterprise, 'document.');
    const head = await findFact(work, keys, key);
    if (head !== undefined)
      matched += await matchAwaited(call, keys, head, [awaitedText(key, claim.enterprise)]);
  }
  return matched === 0 ? claim : ((await claimVersions.latest(work, claim.owner, claim.id)) ?? claim);
}

/** @returns the claims that lie on the document now, and whether some go on waiting. */
async function matchTrade(
  call: Call,
  keys: Fingerprints,
  head: FactHead,
  waiting: Underlying,
): Promise<{ readonly claims: string[]; readonly rest: boolean }> {
  const claims: string[] = [];
  let rest = waiting;
  for (const draw of waiting.draws) {
    const used = await matchDraw(call, keys, head, draw);
    if (used === undefined) continue;
    claims.push(draw.drawnBy);
    rest = {
      ...rest,
      ...withUsedUp(rest, draw.fact, -used),
      draws: rest.draws.filter((one) => one !== draw),
    };
  }
  const isDone = rest.draws.length === 0 && (await useUp(call, head, rest));
  const { id } = waiting;
  if (isDone) {
    const forward = (await loadUnderlying(call.work, head.underlying)).id;
    call.work.write(underlyingAt(id), { id, forward, ...emptyTrade, overdrawn: [] });
  } else if (claims.length > 0) {
    call.work.write(underlyingAt(id), rest);
  }
  return { claims, rest: !isDone };
}

/**
 * Lays one draw on the document, and tells its claim.
 *
 * @returns what the claim had used up of it while it waited, in its own currency; undefined where it does not fit.
 */
async function matchDraw(
  call: Call,
  keys: Fingerprints,
  head: FactHead,
  draw: Draw,
): Promise<bigint | undefined> {
  const { work } = call;
  const claim = await claimVersions.latest(work, draw.owner, draw.drawnBy);
  const line = claim?.lines.find(({ awaited, fact }) => awaited && fact === draw.fact);
  if (claim === undefined || line === undefined) throw new Error(`claim ${draw.drawnBy} waits for nothing`);
  if (!(await isSameFirm(work, keys, [head.holder, ...(head.holderIds ?? [])], claim.enterprise)))
    return undefined;
  const standing = await standingOn(work, head, line.role);
  if (standing === undefined) return undefined;
  const found = await laidOn(call, standing, line);
  if (found === undefined) return undefined;
  const { fact, through, held, consumed = 0n } = found;
  const laid = { ...draw, fact, amount: held, ...(through && { through }) };
  const trade = withUsedUp(standing.trade, fact, consumed);
  const draws = held > 0n ? [...trade.draws, laid] : trade.draws;
  await storeWithAlerts(work, { ...standing.trade, ...trade, draws }, draw.drawnBy);
  const lines = claim.lines.map((one) => (one === line ? found : following(one, line.fact, fact)));
  // The paper may state the id by which its exporter reads of the claim.
  const account = claim.account ?? (await accountOfHolder(call, keys, claim.enterprise, lines));
  writeClaim(work, nextVersion(call, claim, { lines, account }));
  return line.consumed ?? 0n;
}

/** What loans that have ended meanwhile had used up of the document: it is used up on it too. */
async function useUp(call: Call, head: FactHead, { rows }: Underlying): Promise<boolean> {
  const [row] = rows;
  if (row === undefined || row.consumed <= 0n) return true;
  const [role = 'receivable'] = catalogue[head.type].drawnAs;
  const standing = await standingOn(call.work, head, role);
  if (standing === undefined) return false;
  const { currency, consumed: minor } = row;
  try {
    const { fact, drawn } = await lineOn(call, standing, { role, minor, currency });
    const trade = withUsedUp(standing.trade, fact, drawn);
    await storeWithAlerts(call.work, { ...standing.trade, ...trade });
    return true;
  } catch (error) {
    if (error instanceof LineRefusal) return false;
    throw error;
  }
}
