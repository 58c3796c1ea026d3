import { catalogue } from '../catalogue.js';
import type { PreparedFact } from './prepare.js';
import type { Underlying } from '../underlyings/records.js';
import { type Links, restates } from '../rules/links.js';
import type { BalanceRow } from '../rules/trade.js';

/** The trade with this document's balance, or with its credit, at what the document says now. */
export function withFact(
  trade: Underlying,
  fact: string,
  { key, content, balance, mass, instalments }: PreparedFact,
  { link, names, cites, replaces, corrects }: Links,
  self: boolean,
): Underlying {
  const { currency, minor } = balance;
  if (catalogue[key.type].balance === 'lowers-corrected') {
    const credit = {
      fact,
      link: corrects ?? link,
      currency,
      amount: minor,
      cancelled: false,
      ...(self && { self: true as const }),
    };
    return { ...trade, credits: replaced(trade.credits, credit) };
  }
  const present = trade.rows.find((row) => row.fact === fact);
  const row: BalanceRow = {
    fact,
    type: key.type,
    link,
    names: [...names],
    cites: [...cites],
    replaces,
    ...(self && { self: true as const }),
    currency,
    ceiling: minor,
    mass: mass && { unit: mass.unit, amount: mass.minor },
    consumed: present?.consumed ?? 0n,
    consumedPrice: present?.consumedPrice,
    cancelled: false,
    confirmed: present?.confirmed,
    instalments,
    ...(restates(key, content.cites) && { restates: true as const }),
  };
  return { ...trade, rows: replaced(trade.rows, row) };
}

/** Without the document: what was drawn on it stays. */
export function withoutFact(trade: Underlying, fact: string): Underlying {
  return {
    ...trade,
    rows: trade.rows.map((row) => (row.fact === fact ? { ...row, cancelled: true } : row)),
    credits: trade.credits.map((credit) => (credit.fact === fact ? { ...credit, cancelled: true } : credit)),
  };
}

function replaced<T extends { readonly fact: string }>(all: readonly T[], one: T): readonly T[] {
  const index = all.findIndex(({ fact }) => fact === one.fact);
  return index < 0 ? [...all, one] : all.with(index, one);
}
