import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n/language.js';
import { formatAmount } from '../money-format.js';
import type { GraphDocument } from './graph-document.js';
import { layOut } from './lay-out.js';

interface Props {
  readonly documents: readonly GraphDocument[];
  /** The documents because of which no more is left. */
  readonly boundBy: readonly { readonly type: string; readonly number: string }[];
}

const card = { width: 230, height: 74 };

/** The documents of a trade as cards: declarations on one side, invoices on the other, what cites what between them. */
export function TradeGraph({ documents, boundBy }: Props) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { placed, links, width, height } = layOut(documents, card);
  const isBinding = (type: string, number: string) =>
    boundBy.some((one) => one.type === type && one.number === number);
  const text = documents
    .map(({ type, number, amount, cites }) =>
      t('graph.document', {
        document: `${t(`type.${type}`)} ${number}`,
        amount: amount === undefined ? '' : `${amount.currency} ${formatAmount(amount.amount, language)}`,
        cites: cites.map((cited) => cited.number).join(', ') || '–',
        binds: isBinding(type, number) ? t('graph.binds') : '',
      }),
    )
    .join(' ');
  return (
    <figure className="graph">
      <svg viewBox={`0 0 ${width} ${height}`} width={width} role="img" aria-label={text}>
        {links.map(({ key, path }) => (
          <path key={key} d={path} className="graph-link" />
        ))}
        {placed.map(({ document: { type, number, amount, isSubject }, x, y }) => (
          <g
            key={type + number}
            transform={`translate(${x} ${y})`}
            className={isBinding(type, number) ? 'binds' : ''}
          >
            <rect
              width={card.width}
              height={card.height}
              rx="8"
              className={isSubject === true ? 'subject' : ''}
            />
            <text x="12" y="20" className="graph-type">
              {t(`type.${type}`)}
              {isBinding(type, number) ? ` · ${t('graph.binds')}` : ''}
            </text>
            <text x="12" y="42" className="graph-number">
              {number.length > 26 ? `${number.slice(0, 25)}…` : number}
            </text>
            {amount !== undefined && (
              <text x={card.width - 12} y="62" textAnchor="end">
                {amount.currency} {formatAmount(amount.amount, language)}
              </text>
            )}
          </g>
        ))}
      </svg>
      <figcaption className="visually-hidden">{text}</figcaption>
    </figure>
  );
}
