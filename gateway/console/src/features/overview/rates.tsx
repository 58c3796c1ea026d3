import { useTranslation } from 'react-i18next';
import type { paths } from '@pledgeonce/client';
import { api } from '../../api/client.js';
import { once, useRead } from '../../api/use-read.js';
import { useOwn } from '../../session/session.js';
import { Day, Moment } from '../../ui/dates.js';
import type { Column } from '../../ui/list/column.js';
import { WholeList } from '../../ui/list/whole-list.js';
import { Page } from '../../ui/page.js';
import { Read } from '../../ui/read.js';
import { Section } from '../../ui/section.js';
import { Steps } from '../../ui/steps.js';
import type { Step } from '../../ui/steps.js';

type Rates = paths['/rates']['get']['responses'][200]['content']['application/json'];
type Published = Rates['rates'][number];
type Awaiting = NonNullable<Rates['awaiting']>[number];

const columns: readonly Column<Published>[] = [
  { name: 'currency', show: ({ currency }) => currency, text: ({ currency }) => currency },
  {
    name: 'exchangeRate',
    isNumber: true,
    show: ({ rate, base }) => `${rate} ${base}`,
    text: ({ rate, base }) => `${rate} ${base}`,
  },
  { name: 'date', show: ({ date }) => <Day value={date} />, text: ({ date }) => date },
  {
    name: 'publishedAt',
    show: ({ publishedAt }) => <Moment value={publishedAt} />,
    text: ({ publishedAt }) => publishedAt,
  },
];

const publish: Step = {
  name: 'publishRates',
  fields: [
    { name: 'base', kind: 'text', required: true },
    { name: 'date', kind: 'date', required: true },
    { name: 'currency', kind: 'text', required: true },
    { name: 'rate', kind: 'text', label: 'exchangeRate', required: true },
  ],
  send: ({ currency, rate, ...rest }: { currency: string; rate: string }, key) =>
    api.POST('/rates', { params: once(key), body: { ...rest, rates: [{ currency, rate }] } as never }),
};

/** Exchange rates of the regulator; those far from the last wait for a second person. */
export function Rates() {
  const { t } = useTranslation();
  const { may } = useOwn();
  const rates = useRead(['rates'], () => api.GET('/rates'));
  return (
    <Page
      title={t('page./rates')}
      actions={may.includes('publishRates') && <Steps record="rates" of={[publish]} />}
    >
      <Read of={rates}>
        {({ rates: published, awaiting = [], returned = [] }) => (
          <>
            {awaiting.map((rate) => (
              <AwaitingRate key={rate.currency} of={rate} />
            ))}
            {returned.map(({ currency, base, rate, proposedBy, reason }) => (
              <Section key={currency} title={t('rates.returned', { currency })}>
                <p>
                  1 {currency} = {rate} {base} · {proposedBy}
                </p>
                <p>{reason}</p>
              </Section>
            ))}
            <WholeList
              name="rates"
              caption="page./rates"
              columns={columns}
              items={published}
              keyOf={({ currency, base }) => currency + base}
            />
          </>
        )}
      </Read>
    </Page>
  );
}

function AwaitingRate({ of: { currency, rate, base, proposedBy } }: { readonly of: Awaiting }) {
  const { t } = useTranslation();
  const { may, person } = useOwn();
  const confirm: Step = {
    name: 'confirmRates',
    fields: [],
    ...(proposedBy === person.id && { blocked: 'ownWork' }),
    send: (_body, key) =>
      api.POST('/rates/confirmation', { params: once(key), body: { currencies: [currency] } as never }),
  };
  const giveBack: Step = {
    name: proposedBy === person.id ? 'takeStepBack' : 'returnStep',
    secondary: true,
    fields: [{ name: 'reason', kind: 'long', required: true }],
    send: (body: { reason: string }, key) =>
      api.POST('/rates/return', { params: once(key), body: { ...body, currencies: [currency] } as never }),
  };
  const steps = [
    ...(may.includes('confirmRates') ? [confirm] : []),
    ...(may.includes('returnRates') ? [giveBack] : []),
  ];
  return (
    <Section title={t('rates.awaiting', { currency })}>
      <p>
        1 {currency} = {rate} {base} · {proposedBy}
      </p>
      {steps.length > 0 && <Steps record={`rate/${currency}`} of={steps} />}
    </Section>
  );
}
