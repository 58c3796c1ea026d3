import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.js';
import { once, useRead } from '../../api/use-read.js';
import { useOwn } from '../../session/session.js';
import { Moment } from '../../ui/dates.js';
import { Money } from '../../ui/money.js';
import { Read } from '../../ui/read.js';
import { Section } from '../../ui/section.js';
import { StateBadge } from '../../ui/state-badge.js';
import { Steps } from '../../ui/steps.js';
import { allInCost } from './all-in-cost.js';
import type { RequestView } from './requests.js';

/** The offers, the cheapest in all first: amount, rate, fees and what they come to. */
export function Offers({ request: { id, tenorDays, state } }: { readonly request: RequestView }) {
  const { t } = useTranslation();
  const { may } = useOwn();
  const offers = useRead(['request', id, 'offers'], () =>
    api.GET('/financing-requests/{id}/offers', { params: { path: { id }, query: { limit: 200 } } }),
  );
  return (
    <Section title={t('request.offers')}>
      <Read of={offers}>
        {({ items }) =>
          items.length === 0 ? (
            <Text c="dimmed">{t('request.noOffers')}</Text>
          ) : (
            <Table className="records" aria-label={t('request.offers')}>
              <Table.Thead>
                <Table.Tr>
                  {['bank', 'state', 'amount', 'rate', 'fees', 'allInCost', 'validUntil'].map((name) => (
                    <Table.Th key={name} scope="col">
                      {t(`field.${name}`)}
                    </Table.Th>
                  ))}
                  <Table.Th scope="col">{t('ui.actions')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {items
                  .map((offer) => ({ offer, cost: offer.terms && allInCost(offer.terms, tenorDays) }))
                  .toSorted((a, b) => Number(a.cost?.amount ?? Infinity) - Number(b.cost?.amount ?? Infinity))
                  .map(({ offer: { id: offerId, bank, state: offerState, terms }, cost }) => (
                    <Table.Tr key={offerId}>
                      <Table.Td data-label={t('field.bank')}>{bank}</Table.Td>
                      <Table.Td data-label={t('field.state')}>
                        <StateBadge state={offerState} />
                      </Table.Td>
                      <Table.Td data-label={t('field.amount')}>
                        {terms && <Money value={terms.amount} />}
                      </Table.Td>
                      <Table.Td data-label={t('field.rate')}>{terms && `${terms.rate} %`}</Table.Td>
                      <Table.Td data-label={t('field.fees')}>
                        {terms?.fees && <Money value={terms.fees} />}
                      </Table.Td>
                      <Table.Td data-label={t('field.allInCost')}>{cost && <Money value={cost} />}</Table.Td>
                      <Table.Td data-label={t('field.validUntil')}>
                        {terms && <Moment value={terms.validUntil} zone />}
                      </Table.Td>
                      <Table.Td>
                        {offerState === 'opened' && state !== 'accepted' && may.includes('acceptOffer') && (
                          <Steps
                            record={`offer/${offerId}`}
                            of={[
                              {
                                name: 'acceptOffer',
                                fields: [],
                                send: (_body, key) =>
                                  api.POST('/offers/{id}/acceptance', {
                                    params: { path: { id: offerId }, ...once(key) },
                                  }),
                              },
                            ]}
                          />
                        )}
                      </Table.Td>
                    </Table.Tr>
                  ))}
              </Table.Tbody>
            </Table>
          )
        }
      </Read>
    </Section>
  );
}
