import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n/language.js';
import { differenceOf, formatAmount, shareOf } from '../money-format.js';
import type { MoneyValue } from '../money-format.js';

interface Props {
  readonly total: MoneyValue;
  /** What is drawn and what is left of it; what is drawn above the total is overdrawn. */
  readonly drawn: string;
  readonly label: 'draw' | 'loan';
}

/** How much of an amount is used up. What exceeds it runs in red beyond the end, and the words say it. */
export function BalanceBar({ total, drawn, label }: Props) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const share = shareOf(drawn, total.amount);
  const over = Math.max(0, share - 1);
  const scale = 1 / Math.max(1, share);
  const amount = (value: string) => `${total.currency} ${formatAmount(value, language)}`;
  const left = differenceOf(total.amount, drawn);
  const text = t(over > 0 ? 'bar.over' : `bar.${label}`, {
    drawn: amount(drawn),
    total: amount(total.amount),
    left: amount(left),
  });
  return (
    <figure className="bar">
      <svg viewBox="0 0 1000 28" preserveAspectRatio="none" role="img" aria-label={text}>
        <rect className="bar-all" x="0" y="0" width={1000 * scale} height="28" rx="6" />
        <rect
          className="bar-drawn"
          x="0"
          y="0"
          width={1000 * scale * Math.min(share, 1)}
          height="28"
          rx="6"
        />
        {over > 0 && (
          <rect className="bar-over" x={1000 * scale} y="0" width={1000 * scale * over} height="28" />
        )}
      </svg>
      <figcaption aria-hidden>{text}</figcaption>
    </figure>
  );
}
