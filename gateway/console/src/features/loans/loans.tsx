import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { paths } from '@pledgeonce/client';
import { api, content } from '../../api/client.js';
import { useOwn } from '../../session/session.js';
import { Moment } from '../../ui/dates.js';
import { Filters, useFilters } from '../../ui/list/filters.js';
import { queryOf } from '../../ui/list/query-of.js';
import { RecordList } from '../../ui/list/record-list.js';
import type { Column } from '../../ui/list/column.js';
import { Money } from '../../ui/money.js';
import { Page } from '../../ui/page.js';
import { StateBadge } from '../../ui/state-badge.js';

export type LoanView =
  paths['/loan-applications/{id}']['get']['responses'][200]['content']['application/json'];

const columns: readonly Column<LoanView>[] = [
  { name: 'purposeText', show: ({ purpose }) => purpose, text: ({ purpose }) => purpose },
  { name: 'enterprise', show: ({ enterprise }) => enterprise.id, text: ({ enterprise }) => enterprise.id },
  { name: 'bank', show: ({ bank }) => bank, text: ({ bank }) => bank },
  { name: 'state', show: ({ state }) => <StateBadge state={state} />, text: ({ state }) => state },
  {
    name: 'createdAt',
    show: ({ createdAt }) => <Moment value={createdAt} />,
    text: ({ createdAt }) => createdAt,
  },
  {
    name: 'amount',
    isNumber: true,
    show: ({ amount }) => <Money value={amount} />,
    text: ({ amount }) => `${amount.amount} ${amount.currency}`,
  },
];

/** Online loans: applied for, decided by rules or by people. */
export function Loans() {
  const { t } = useTranslation();
  const { may } = useOwn();
  const filters = useFilters(['state']);
  return (
    <Page
      title={t('page./loan-applications')}
      actions={
        may.includes('applyForLoan') && (
          <Button component={Link} to="/loan-applications/new">
            {t('begin./loan-applications/new')}
          </Button>
        )
      }
    >
      <Filters
        of={[
          {
            name: 'state',
            options: ['submitted', 'referred', 'approved', 'declined', 'withdrawn'],
            words: 'state',
          },
        ]}
      />
      <RecordList
        name="loan-applications"
        of={filters}
        caption="page./loan-applications"
        columns={columns}
        keyOf={({ id }) => id}
        addressOf={({ id }) => `/loan-applications/${id}`}
        read={(cursor) =>
          content(
            api.GET('/loan-applications', {
              params: { query: queryOf(filters, cursor) },
            }),
          )
        }
      />
    </Page>
  );
}
