import { catalogue } from '../catalogue.js';
import { clockToleranceMs } from '../clock.js';
import { LedgerError } from '../errors.js';
import { readableFact } from '../facts/read.js';
import type { Verb } from '../ledger/verb.js';
import { available, type Draw, used } from '../rules/balances.js';
import { formatMoney } from '../rules/money.js';
import { withoutLapsed } from '../rules/trades.js';
import { loadUnderlying } from '../underlyings/load.js';

/** How much of its cover the insurer's banks have in use: amounts by bank, nothing about the claims behind them. */
export const readCoverUse: Verb<'readCoverUse'> = async (call, { id }) => {
  const { work, now } = call;
  const { underlying, currency, type } = await readableFact(call, id);
  if (!catalogue[type].drawnAs.includes('cover')) throw new LedgerError('FACT_NOT_FOUND', { field: 'id' });
  const trade = withoutLapsed(await loadUnderlying(work, underlying), now, clockToleranceMs);
  const row = trade.rows.find(({ fact }) => fact === id);
  if (row === undefined) throw new Error(`fact ${id} has no balance`);
  const money = (minor: bigint) => formatMoney(minor > 0n ? minor : 0n, currency);
  const draws = trade.draws.filter(({ fact }) => fact === id);
  const banks = [...new Set(draws.map(({ owner }) => owner))].sort();
  return {
    fact: id,
    total: money(row.ceiling),
    inUse: money(held(draws)),
    consumed: money(row.consumed),
    remaining: money(available(trade, row) - used(trade, row)),
    banks: banks.map((bank) => {
      const own = draws.filter(({ owner }) => owner === bank);
      return { bank, inUse: money(held(own)), claims: new Set(own.map(({ drawnBy }) => drawnBy)).size };
    }),
  };
};

function held(draws: readonly Draw[]): bigint {
  return draws.reduce((sum, { amount }) => sum + amount, 0n);
}
