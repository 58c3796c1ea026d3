import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { paths } from '@pledgeonce/client';
import { api } from '../../api/client.js';
import { useRead } from '../../api/use-read.js';
import { useOwn } from '../../session/session.js';
import { Awaits } from '../../ui/awaits.js';
import { Day } from '../../ui/dates.js';
import { DocumentNumber } from '../../ui/document-number.js';
import { Holder } from '../../ui/holder.js';
import { Money } from '../../ui/money.js';
import { NamedDocument } from '../../ui/named-document.js';
import { Page } from '../../ui/page.js';
import { Particulars } from '../../ui/particulars.js';
import { History } from '../../ui/pictures/timeline.js';
import { Read, ReadPage } from '../../ui/read.js';
import { Section } from '../../ui/section.js';
import { StateBadge } from '../../ui/state-badge.js';
import { Steps } from '../../ui/steps.js';
import { Evidence } from '../audit/evidence.js';
import { paymentSteps } from './payment-steps.js';

type View = paths['/payments/{id}']['get']['responses'][200]['content']['application/json'];

/** A payment: for what it was marked, whether it was taken back, and its history. */
export function Payment() {
  const { id = '' } = useParams();
  const payment = useRead(['payment', id], () => api.GET('/payments/{id}', { params: { path: { id } } }));
  return <ReadPage of={payment}>{(data) => <PaymentPage of={data} />}</ReadPage>;
}

function PaymentPage({ of: payment }: { readonly of: View }) {
  const { t } = useTranslation();
  const own = useOwn();
  const { id, reference, state, payer, payee, purpose, amount, paidOn, lines, reason, owner } = payment;
  const steps = paymentSteps(payment, own);
  const history = useRead(['payment', id, 'history'], () =>
    api.GET('/audit/payments/{id}', { params: { path: { id } } }),
  );
  return (
    <Page
      title={<DocumentNumber value={reference} />}
      name={`${t('field.payment')} ${reference}`}
      state={<StateBadge state={state} />}
    >
      <Awaits of={payment} />
      <Section title={t('claim.what')}>
        <Particulars
          of={[
            ['payer', `${payer.scheme} ${payer.id}`],
            ['payee', payee],
            ['owner', <Holder key="owner" of={owner} />],
            ['purpose', t(`purpose.${purpose}`)],
            ['amount', <Money key="amount" value={amount} />],
            ['paidOn', <Day key="on" value={paidOn} />],
            ['lines', lines.map((line) => <NamedDocument key={line.fact} document={line.document} copy />)],
            ['reason', reason],
          ]}
        />
      </Section>
      {steps.length > 0 && (
        <Section title={t('claim.next')}>
          <Steps record={`payment/${id}`} of={steps} />
        </Section>
      )}
      <Section title={t('ui.history')}>
        <Read of={history}>{({ versions }) => <History versions={versions} />}</Read>
      </Section>
      <Evidence of="payment" id={id} />
    </Page>
  );
}
