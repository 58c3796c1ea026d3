import { useTranslation } from 'react-i18next';
import type { Schemas } from '@pledgeonce/client';
import { Moment } from '../../ui/dates.js';
import { Money } from '../../ui/money.js';
import { NamedDocument } from '../../ui/named-document.js';
import { Section } from '../../ui/section.js';

/** What was lent on orders, and lies on what was invoiced of them since. */
export function Moves({ claim: { moves = [] } }: { readonly claim: Schemas['Claim'] }) {
  const { t } = useTranslation();
  if (moves.length === 0) return null;
  return (
    <Section title={t('claim.moved')}>
      <ul className="plain-list">
        {moves.map(({ order, document, amount, at }) => (
          <li key={`${order} ${document.number} ${at}`}>
            <NamedDocument document={{ type: 'purchase-order', number: order }} /> →{' '}
            <NamedDocument document={document} /> · <Money value={amount} /> · <Moment value={at} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
