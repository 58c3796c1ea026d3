import { useTranslation } from 'react-i18next';
import type { Schemas } from '@pledgeonce/client';
import { Moment } from '../../ui/dates.js';
import { Section } from '../../ui/section.js';

/** Payouts and notices to debtors that were taken back: they count no more, and stay on the record. */
export function Reversals({ claim: { reversals = [] } }: { readonly claim: Schemas['Claim'] }) {
  const { t } = useTranslation();
  if (reversals.length === 0) return null;
  return (
    <Section title={t('claim.takenBack')}>
      <ul className="plain-list">
        {reversals.map(({ entry, at, reason }) => (
          <li key={entry + at}>
            {t(`entry.${entry}`)} · <Moment value={at} /> · {reason}
          </li>
        ))}
      </ul>
    </Section>
  );
}
