import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useOwn } from '../../session/session.js';
import { Money } from '../../ui/money.js';
import { NamedDocument } from '../../ui/named-document.js';
import { Particulars } from '../../ui/particulars.js';
import { Section } from '../../ui/section.js';
import type { LoanView } from './loans.js';

/** What was asked for, and on what terms it is granted. */
export function LoanParticulars({ loan }: { readonly loan: LoanView }) {
  const { t } = useTranslation();
  const { may } = useOwn();
  const { amount, enterprise, bank, tenorDays, lines, terms, recommendation, claim, reason } = loan;
  return (
    <Section title={t('claim.what')}>
      <Particulars
        of={[
          ['amount', <Money key="amount" value={amount} />],
          ['enterprise', `${enterprise.scheme} ${enterprise.id}`],
          ['bank', bank],
          ['tenorDays', String(tenorDays)],
          ['lines', lines.map(({ document }) => <NamedDocument key={document.number} document={document} />)],
          [
            'terms',
            terms && (
              <>
                <Money key="terms" value={terms.amount} /> · {terms.rate} %
              </>
            ),
          ],
          [
            'recommendation',
            recommendation && `${recommendation.rate} % · ${recommendation.by} ${recommendation.note ?? ''}`,
          ],
          [
            'claim',
            claim !== undefined && may.includes('readClaim') ? (
              <Link to={`/claims/${claim}`}>{t('claim.one')}</Link>
            ) : undefined,
          ],
          ['reason', reason],
        ]}
      />
    </Section>
  );
}
