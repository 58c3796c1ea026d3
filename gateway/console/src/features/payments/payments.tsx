import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { paths } from '@pledgeonce/client';
import { api, content } from '../../api/client.js';
import { useOwn } from '../../session/session.js';
import { Day } from '../../ui/dates.js';
import { Filters, useFilters } from '../../ui/list/filters.js';
import { queryOf } from '../../ui/list/query-of.js';
import { RecordList } from '../../ui/list/record-list.js';
import type { Column } from '../../ui/list/column.js';
import { Money } from '../../ui/money.js';
import { Page } from '../../ui/page.js';
import { StateBadge } from '../../ui/state-badge.js';

export type PaymentView = paths['/payments/{id}']['get']['responses'][200]['content']['application/json'];
export const purposes = ['service-trade', 'freight', 'capital-account', 'offshore-trade'] as const;

const columns: readonly Column<PaymentView>[] = [
  {
    name: 'reference',
    show: ({ reference }) => <code>{reference}</code>,
    text: ({ reference }) => reference,
  },
  { name: 'payer', show: ({ payer }) => payer.id, text: ({ payer }) => payer.id },
  { name: 'payee', show: ({ payee }) => payee, text: ({ payee }) => payee },
  { name: 'state', show: ({ state }) => <StateBadge state={state} />, text: ({ state }) => state },
  { name: 'paidOn', show: ({ paidOn }) => <Day value={paidOn} />, text: ({ paidOn }) => paidOn },
  {
    name: 'amount',
    isNumber: true,
    show: ({ amount }) => <Money value={amount} />,
    text: ({ amount }) => `${amount.amount} ${amount.currency}`,
  },
];

/** Payments abroad that were marked against documents. */
export function Payments() {
  const { t } = useTranslation();
  const { may } = useOwn();
  const filters = useFilters([
    'reference',
    'document',
    'state',
    'purpose',
    'payer',
    'paidFrom',
    'paidBefore',
  ]);
  return (
    <Page
      title={t('page./payments')}
      actions={
        may.includes('markPayments') && (
          <Button component={Link} to="/payments/new">
            {t('begin./payments/new')}
          </Button>
        )
      }
    >
      <Filters
        of={[
          { name: 'reference' },
          { name: 'document' },
          { name: 'state', options: ['marked', 'reversed', 'lifted'], words: 'state' },
          { name: 'purpose', options: purposes, words: 'purpose' },
          { name: 'payer' },
          { name: 'paidFrom', type: 'date' },
          { name: 'paidBefore', type: 'date' },
        ]}
      />
      <RecordList
        name="payments"
        of={filters}
        caption="page./payments"
        columns={columns}
        keyOf={({ id }) => id}
        addressOf={({ id }) => `/payments/${id}`}
        read={(cursor) =>
          content(
            api.GET('/payments', {
              params: { query: queryOf(filters, cursor) },
            }),
          )
        }
      />
    </Page>
  );
}
