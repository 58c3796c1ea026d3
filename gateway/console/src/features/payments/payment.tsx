import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { api } from '../../api/client.js';
import { once, useRead } from '../../api/use-read.js';
import { useOwn } from '../../session/session.js';
import { Day } from '../../ui/dates.js';
import { DocumentNumber } from '../../ui/document-number.js';
import { Money } from '../../ui/money.js';
import { NamedDocument } from '../../ui/named-document.js';
import { Page } from '../../ui/page.js';
import { Particulars } from '../../ui/particulars.js';
import { History } from '../../ui/pictures/timeline.js';
import { Read, ReadPage } from '../../ui/read.js';
import { Section } from '../../ui/section.js';
import { StateBadge } from '../../ui/state-badge.js';
import { Steps } from '../../ui/steps.js';

/** A payment: for what it was marked, whether it was taken back, and its history. */
export function Payment() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const { may } = useOwn();
  const path = { path: { id } };
  const payment = useRead(['payment', id], () => api.GET('/payments/{id}', { params: path }));
  const history = useRead(['payment', id, 'history'], () =>
    api.GET('/audit/payments/{id}', { params: path }),
  );
  return (
    <ReadPage of={payment}>
      {({ reference, state, payer, payee, purpose, amount, paidOn, lines, reason, owner }) => (
        <Page
          title={<DocumentNumber value={reference} />}
          name={`${t('field.payment')} ${reference}`}
          state={<StateBadge state={state} />}
        >
          <Section title={t('claim.what')}>
            <Particulars
              of={[
                ['payer', `${payer.scheme} ${payer.id}`],
                ['payee', payee],
                ['owner', owner],
                ['purpose', t(`purpose.${purpose}`)],
                ['amount', <Money key="amount" value={amount} />],
                ['paidOn', <Day key="on" value={paidOn} />],
                [
                  'lines',
                  lines.map((line) => <NamedDocument key={line.fact} document={line.document} copy />),
                ],
                ['reason', reason],
              ]}
            />
          </Section>
          {state === 'marked' && may.includes('reversePayment') && (
            <Section title={t('claim.next')}>
              <Steps
                record={`payment/${id}`}
                of={[
                  {
                    name: 'reverse',
                    danger: true,
                    fields: [{ name: 'reason', kind: 'long', required: true }],
                    send: (body, key) =>
                      api.POST('/payments/{id}/reversal', { params: { ...path, ...once(key) }, body }),
                  },
                ]}
              />
            </Section>
          )}
          <Section title={t('ui.history')}>
            <Read of={history}>{({ versions }) => <History versions={versions} />}</Read>
          </Section>
        </Page>
      )}
    </ReadPage>
  );
}
