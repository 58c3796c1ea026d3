import type { ClaimInput, Money } from '../api.js';
import { formatMoney, parseMoney } from '../rules/money.js';

type Lines = ClaimInput['lines'];

/** The lines of a claim of less than was asked for: the amount fills the documents in their order. */
export function fillLines(lines: Lines, amount: Money): Lines {
  return fill(lines, amount, () => 'receivables');
}

/** The cover of such a claim: the amount fills the limits in their order, and the declared shipments in theirs. */
export function fillCover(cover: Lines, amount: Money): Lines {
  return fill(cover, amount, ({ document }) => document.type);
}

function fill(lines: Lines, amount: Money, groupOf: (line: Lines[number]) => string): Lines {
  const whole = parseMoney(amount, 'amount').minor;
  const left = new Map<string, bigint>();
  return lines.flatMap((line) => {
    const { minor, currency } = parseMoney(line.amount, 'lines');
    const group = groupOf(line);
    const rest = left.get(group) ?? whole;
    const taken = minor < rest ? minor : rest;
    left.set(group, rest - taken);
    return taken === 0n ? [] : [{ document: line.document, amount: formatMoney(taken, currency) }];
  });
}
