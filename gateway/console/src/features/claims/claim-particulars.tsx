import { useTranslation } from 'react-i18next';
import type { Schemas } from '@pledgeonce/client';
import { Day, Moment } from '../../ui/dates.js';
import { Holder } from '../../ui/holder.js';
import { Money } from '../../ui/money.js';
import { Particulars } from '../../ui/particulars.js';
import { Section } from '../../ui/section.js';

/** What a claim is: whose, for whom, how much, until when, and what has come between. */
export function ClaimParticulars({ claim }: { readonly claim: Schemas['Claim'] }) {
  const { t } = useTranslation();
  const { amount, enterprise, owner, product, dueDate, expiresAt, dispute, reason, collector, debtorNotice } =
    claim;
  return (
    <Section title={t('claim.what')}>
      <Particulars
        of={[
          ['enterprise', `${enterprise.scheme} ${enterprise.id}`],
          ['owner', <Holder key="owner" of={owner} />],
          ['product', t(`product.${product}`)],
          ['amount', <Money key="amount" value={amount} />],
          ['rate', claim.price?.rate],
          ['fees', claim.price?.fees && <Money key="fees" value={claim.price.fees} />],
          ['allIn', claim.price?.allIn],
          ['outlet', claim.outlet],
          ['dueDate', <Day key="due" value={dueDate} />],
          [
            'expiresAt',
            expiresAt === undefined ? undefined : <Moment key="expires" value={expiresAt} zone />,
          ],
          ['debtorTold', debtorNotice && <Day key="told" value={debtorNotice.date} />],
          ['how', debtorNotice?.how],
          ['collector', collector && `${collector.name ?? ''} ${collector.scheme} ${collector.id}`],
          ['offeredTo', claim.offeredTo],
          ['offeredShare', claim.offeredShare && <Money key="offeredShare" value={claim.offeredShare} />],
          ['transferredTo', claim.transferredTo],
          ['shareOf', claim.shareOf?.bank],
          ['shares', claim.shares && <Shares key="shares" of={claim.shares} />],
          ['reason', reason ?? dispute?.reason],
          ['pastDueReason', claim.pastDueReason],
        ]}
      />
    </Section>
  );
}

/** Which banks have taken a share of the claim, of how much, and when. */
function Shares({ of }: { readonly of: NonNullable<Schemas['Claim']['shares']> }) {
  return (
    <ul className="plain-list">
      {of.map(({ claim, bank, amount, at }) => (
        <li key={claim}>
          {bank} · <Money value={amount} /> · <Moment value={at} />
        </li>
      ))}
    </ul>
  );
}
