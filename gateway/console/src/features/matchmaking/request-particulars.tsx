import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useOwn } from '../../session/session.js';
import { Moment } from '../../ui/dates.js';
import { Money } from '../../ui/money.js';
import { NamedDocument } from '../../ui/named-document.js';
import { Particulars } from '../../ui/particulars.js';
import { Section } from '../../ui/section.js';
import type { RequestView } from './requests.js';

/** What an enterprise needs, of whom it asks, and until when. */
export function RequestParticulars({ request }: { readonly request: RequestView }) {
  const { t } = useTranslation();
  const { may } = useOwn();
  const { amount, enterprise, banks, tenorDays, product, highestRate, deadline, lines, claim, reason } =
    request;
  return (
    <Section title={t('claim.what')}>
      <Particulars
        of={[
          ['amount', <Money key="amount" value={amount} />],
          ['enterprise', `${enterprise.scheme} ${enterprise.id}`],
          ['product', t(`product.${product}`)],
          ['tenorDays', String(tenorDays)],
          ['highestRate', highestRate],
          ['banks', banks.join(', ')],
          ['deadline', <Moment key="deadline" value={deadline} zone />],
          ['lines', lines.map(({ document }) => <NamedDocument key={document.number} document={document} />)],
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
