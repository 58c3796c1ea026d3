import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.js';
import { once, useRead } from '../../api/use-read.js';
import { useOwn } from '../../session/session.js';
import { Day, Moment } from '../../ui/dates.js';
import { Page } from '../../ui/page.js';
import { Read } from '../../ui/read.js';
import { Section } from '../../ui/section.js';
import { Steps } from '../../ui/steps.js';
import type { Step } from '../../ui/steps.js';

/** Exchange rates of the regulator; those far from the last wait for a second person. */
export function Rates() {
  const { t } = useTranslation();
  const { may, person } = useOwn();
  const rates = useRead(['rates'], () => api.GET('/rates'));
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
  return (
    <Page
      title={t('page./rates')}
      actions={may.includes('publishRates') && <Steps record="rates" of={[publish]} />}
    >
      <Read of={rates}>
        {({ rates: published, awaiting = [] }) => (
          <>
            {awaiting.map(({ currency, rate, base, proposedBy }) => (
              <Section key={currency} title={t('rates.awaiting', { currency })}>
                <p>
                  1 {currency} = {rate} {base} · {proposedBy}
                </p>
                {may.includes('confirmRates') && (
                  <Steps
                    record={`rate/${currency}`}
                    of={[
                      {
                        name: 'confirmRates',
                        fields: [],
                        ...(proposedBy === person.id && { blocked: 'ownWork' }),
                        send: (_body, key) =>
                          api.POST('/rates/confirmation', {
                            params: once(key),
                            body: { currencies: [currency] } as never,
                          }),
                      },
                    ]}
                  />
                )}
              </Section>
            ))}
            {published.length === 0 && <p>{t('ui.nothing')}</p>}
            {published.length > 0 && (
              <Table className="records" aria-label={t('page./rates')}>
                <Table.Thead>
                  <Table.Tr>
                    {['currency', 'exchangeRate', 'date', 'publishedAt'].map((name) => (
                      <Table.Th key={name} scope="col">
                        {t(`field.${name}`)}
                      </Table.Th>
                    ))}
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {published.map(({ currency, rate, base, date, publishedAt }) => (
                    <Table.Tr key={currency + base}>
                      <Table.Td data-label={t('field.currency')}>{currency}</Table.Td>
                      <Table.Td data-label={t('field.exchangeRate')}>
                        {rate} {base}
                      </Table.Td>
                      <Table.Td data-label={t('field.date')}>
                        <Day value={date} />
                      </Table.Td>
                      <Table.Td data-label={t('field.publishedAt')}>
                        <Moment value={publishedAt} />
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            )}
          </>
        )}
      </Read>
    </Page>
  );
}
