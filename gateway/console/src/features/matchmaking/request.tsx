import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api } from '../../api/client.js';
import { once, useRead } from '../../api/use-read.js';
import { useOwn } from '../../session/session.js';
import { Moment } from '../../ui/dates.js';
import { Money } from '../../ui/money.js';
import { NamedDocument } from '../../ui/named-document.js';
import { Page } from '../../ui/page.js';
import { Particulars } from '../../ui/particulars.js';
import { Read } from '../../ui/read.js';
import { Section } from '../../ui/section.js';
import { StateBadge } from '../../ui/state-badge.js';
import { Steps } from '../../ui/steps.js';
import type { Step } from '../../ui/steps.js';
import { Offers } from './offers.js';
import type { RequestView } from './requests.js';

/** A financing request and its offers side by side. */
export function Request() {
  const { id = '' } = useParams();
  const request = useRead(['request', id], () =>
    api.GET('/financing-requests/{id}', { params: { path: { id } } }),
  );
  return <Read of={request}>{(data) => <RequestBody request={data} />}</Read>;
}

function RequestBody({ request }: { readonly request: RequestView }) {
  const { t } = useTranslation();
  const { may } = useOwn();
  const {
    id,
    state,
    purpose,
    amount,
    enterprise,
    banks,
    tenorDays,
    product,
    highestRate,
    deadline,
    lines,
    claim,
    reason,
  } = request;
  const params = (key: string) => ({ path: { id }, ...once(key) });
  const steps: (Step & { readonly step: string })[] = [
    {
      name: 'offer',
      step: 'sealOffer',
      fields: [
        { name: 'amount', kind: 'money', required: true },
        { name: 'rate', kind: 'text', required: true, hint: 'rate' },
        { name: 'fees', kind: 'money' },
        { name: 'validUntil', kind: 'moment', required: true },
      ],
      initial: { amount, fees: { currency: amount.currency } },
      send: (body, key) => api.POST('/financing-requests/{id}/offers', { params: params(key), body }),
    },
    {
      name: 'withdrawRequest',
      step: 'withdrawRequest',
      danger: true,
      fields: [{ name: 'reason', kind: 'long' }],
      send: (body, key) => api.POST('/financing-requests/{id}/withdrawal', { params: params(key), body }),
    },
  ];
  const possible = state === 'open' ? steps.filter(({ step }) => may.includes(step)) : [];
  return (
    <Page title={purpose} state={<StateBadge state={state} />}>
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
            [
              'lines',
              lines.map(({ document }) => <NamedDocument key={document.number} document={document} />),
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
      {possible.length > 0 && (
        <Section title={t('claim.next')}>
          <Steps of={possible} record={`request/${id}`} />
        </Section>
      )}
      <Offers request={request} />
    </Page>
  );
}
