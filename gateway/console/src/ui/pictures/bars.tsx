import { useLanguage } from '../../i18n/language.js';
import { formatAmount, shareOf, toUnits } from '../money-format.js';

interface Bar {
  readonly name: string;
  readonly amount: string;
}

/** Amounts of one currency side by side. The table beside it says the same in figures. */
export function Bars({
  of,
  currency,
  label,
}: {
  readonly of: readonly Bar[];
  readonly currency: string;
  readonly label: string;
}) {
  const { language } = useLanguage();
  const most = of.reduce((top, { amount }) => (toUnits(amount) > toUnits(top) ? amount : top), '0');
  const width = 62;
  return (
    <figure className="bars">
      <svg viewBox={`0 0 ${Math.max(of.length * width, 240)} 180`} role="img" aria-label={label}>
        {of.map(({ name, amount }, place) => {
          const height = 120 * shareOf(amount, most);
          return (
            <g key={name} transform={`translate(${place * width + 8} 0)`}>
              <title>{`${name}: ${currency} ${formatAmount(amount, language)}`}</title>
              <rect className="bar-drawn" x="0" y={145 - height} width={width - 18} height={height} rx="3" />
              <text x={(width - 18) / 2} y="165" textAnchor="middle">
                {name}
              </text>
            </g>
          );
        })}
      </svg>
      <figcaption>
        {label} ({currency})
      </figcaption>
    </figure>
  );
}
