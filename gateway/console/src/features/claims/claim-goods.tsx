import { useTranslation } from 'react-i18next';
import type { Schemas } from '@pledgeonce/client';
import { Moment } from '../../ui/dates.js';
import { NamedDocument } from '../../ui/named-document.js';
import { Section } from '../../ui/section.js';

/** The goods that secure a claim: what is still pledged of each document, and what the bank has let go of. */
export function ClaimGoods({
  claim: { collateral = [], releases = [] },
}: {
  readonly claim: Schemas['Claim'];
}) {
  const { t } = useTranslation();
  if (collateral.length === 0) return null;
  return (
    <Section title={t('claim.goods')}>
      <ul className="plain-list">
        {collateral.map(({ document, fact, pledged }) => (
          <li key={fact + document.number}>
            <NamedDocument document={document} copy /> {pledged.amount} {pledged.unit}
          </li>
        ))}
        {releases.map(({ document, quantity, at, reason }) => (
          <li key={at + document.number} className="faint">
            {t('claim.released')} <Moment value={at} />: {document.number} {quantity.amount} {quantity.unit}
            {reason !== undefined && ` · ${reason}`}
          </li>
        ))}
      </ul>
    </Section>
  );
}
