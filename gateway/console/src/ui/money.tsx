import { useLanguage } from '../i18n/language.js';
import { formatAmount } from './money-format.js';
import type { MoneyValue } from './money-format.js';

/** An amount with its currency, in tabular figures. */
export function Money({
  value,
  isWrong = false,
}: {
  readonly value: MoneyValue;
  readonly isWrong?: boolean;
}) {
  const { language } = useLanguage();
  return (
    <span className={isWrong ? 'money wrong' : 'money'}>
      <span className="currency">{value.currency}</span> {formatAmount(value.amount, language)}
    </span>
  );
}
