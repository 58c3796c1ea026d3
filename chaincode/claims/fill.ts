import type { ClaimInput, Money } from '../api.js';
import { formatMoney, parseMoney } from '../rules/money.js';

/** The lines of a claim of less than was asked for: the amount fills the documents in their order. */
export function fillLines(lines: ClaimInput['lines'], amount: Money): ClaimInput['lines'] {
  let left = parseMoney(amount, 'amount').minor;
  return lines.flatMap(({ document, amount: most }) => {
    const { minor, currency } = parseMoney(most, 'lines');
    const taken = minor < left ? minor : left;
    left -= taken;
    return taken === 0n ? [] : [{ document, amount: formatMoney(taken, currency) }];
  });
}
