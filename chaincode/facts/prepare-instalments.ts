import type { FactInput } from '../api.js';
import { catalogue } from '../catalogue.js';
import { LedgerError } from '../errors.js';
import type { Instalment } from '../rules/instalments.js';
import { type MinorMoney, parseMoney } from '../rules/money.js';

/**
 * When how much of a document is to be paid: from its date on, each later than the one before, and together what is payable.
 *
 * @param payable what the document allows to be drawn.
 * @returns undefined where it does not say.
 * @throws LedgerError FIELD_NOT_ALLOWED, CURRENCY_MIXED, INSTALMENTS_INVALID, or what is wrong with an amount.
 */
export function preparedInstalments(
  { type, date, instalments }: Pick<FactInput, 'type' | 'date' | 'instalments'>,
  payable: MinorMoney | undefined,
): readonly Instalment[] | undefined {
  if (instalments === undefined) return undefined;
  if (!catalogue[type].instalments) throw new LedgerError('FIELD_NOT_ALLOWED', { field: 'instalments' });
  const prepared = instalments.map(({ dueDate, amount }, place) => {
    const field = `instalments.${place}`;
    const { minor, currency } = parseMoney(amount, `${field}.amount`);
    if (payable !== undefined && currency !== payable.currency) {
      throw new LedgerError('CURRENCY_MIXED', { field: `${field}.amount.currency` });
    }
    const before = instalments[place - 1]?.dueDate;
    if (before === undefined ? dueDate < date : dueDate <= before) {
      throw new LedgerError('INSTALMENTS_INVALID', { field: `${field}.dueDate` });
    }
    return { dueDate, amount: minor };
  });
  const sum = prepared.reduce((total, { amount }) => total + amount, 0n);
  if (sum !== payable?.minor) throw new LedgerError('INSTALMENTS_INVALID', { field: 'instalments' });
  return prepared;
}
