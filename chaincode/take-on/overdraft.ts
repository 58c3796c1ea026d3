import { clockToleranceMs } from '../clock.js';
import type { Output } from '../api.js';
import type { Claim } from '../claims/records.js';
import { loadClaim, ownerMeant } from '../claims/load.js';
import { limitedByOf } from '../facts/limited-by.js';
import { factAt } from '../facts/records.js';
import type { Call } from '../ledger/call.js';
import type { Verb } from '../ledger/verb.js';
import { type BalanceRow, currenciesOf } from '../rules/balances.js';
import { type Overdraft, overdrafts } from '../rules/evidence/limit.js';
import { shownBalance } from '../rules/shown-balance.js';
import type { Trade } from '../rules/trade.js';
import { withoutLapsed } from '../rules/trades.js';
import { loadUnderlying } from '../underlyings/load.js';
import { ratesOf } from '../underlyings/rates.js';

type Overdrawn = Output<'readOverdraft'>['overdrawn'][number];

/**
 * By how much the documents of a claim are overdrawn: its bank learns that, and not by whom; the regulator sees every side.
 *
 * @throws LedgerError CLAIM_NOT_FOUND.
 */
export const readOverdraft: Verb<'readOverdraft'> = async (call, { id, owner }) => {
  const claim = await loadClaim(call.work, await ownerMeant(call, owner), id);
  const overdrawn: Overdrawn[] = [];
  for (const { trade, lines } of await tradesOf(call, claim)) {
    const rates = await ratesOf(call.work, currenciesOf(trade));
    for (const one of overdrafts(trade, rates)) {
      const concerned = new Set([...one.drawn, ...one.documents]);
      const row = trade.rows.find(({ fact }) => concerned.has(fact) && lines.has(fact));
      if (row !== undefined) overdrawn.push(await overdrawnOf(call, trade, row, one));
    }
  }
  return { id: claim.id, overdrawn };
};

/** The trades of a claim, each once, with the documents on which it draws there. */
async function tradesOf({ work, now }: Call, { lines }: Claim) {
  const trades = new Map<string, { readonly trade: Trade; readonly lines: Set<string> }>();
  for (const { underlying, fact } of lines) {
    const root = await loadUnderlying(work, underlying);
    const known = trades.get(root.id) ?? {
      trade: withoutLapsed(root, now, clockToleranceMs),
      lines: new Set<string>(),
    };
    known.lines.add(fact);
    trades.set(root.id, known);
  }
  return [...trades.values()];
}

async function overdrawnOf(
  call: Call,
  trade: Trade,
  row: BalanceRow,
  { family, drawn, documents, excess, measure }: Overdraft,
): Promise<Overdrawn> {
  const facts = [...new Set([...drawn, ...documents])].sort();
  const named = await limitedByOf(call.work, { limitedBy: { family, documents: facts } });
  const by = shownBalance(row.type, measure.amount(row, excess) ?? 0n, row.currency);
  return {
    ...named,
    ...(by.remaining && { by: by.remaining }),
    ...(by.remainingQuantity && { byQuantity: by.remainingQuantity }),
    ...(call.caller.kind === 'regulator' && { draws: await sidesOf(call, trade, facts) }),
  };
}

/** Whose claims and payments draw on these documents. */
async function sidesOf({ work }: Call, { draws, rows }: Trade, facts: readonly string[]) {
  const concerned = draws.filter(({ fact }) => facts.includes(fact));
  return Promise.all(
    concerned.map(async ({ owner, drawnBy: claim, fact, amount }) => {
      const head = await work.read(factAt(fact));
      const row = rows.find((one) => one.fact === fact);
      if (head === undefined || row === undefined) throw new Error(`fact ${fact} is missing`);
      const held = shownBalance(row.type, amount, row.currency);
      return {
        owner,
        claim,
        document: { type: head.type, number: head.number },
        ...(held.remaining && { amount: held.remaining }),
        ...(held.remainingQuantity && { quantity: held.remainingQuantity }),
      };
    }),
  );
}
