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

export type RequestView =
  paths['/financing-requests/{id}']['get']['responses'][200]['content']['application/json'];

const columns: readonly Column<RequestView>[] = [
  { name: 'purpose', show: ({ purpose }) => purpose, text: ({ purpose }) => purpose },
  { name: 'enterprise', show: ({ enterprise }) => enterprise.id, text: ({ enterprise }) => enterprise.id },
  { name: 'state', show: ({ state }) => <StateBadge state={state} />, text: ({ state }) => state },
  {
    name: 'deadline',
    show: ({ deadline }) => <Moment value={deadline} zone />,
    text: ({ deadline }) => deadline,
  },
  {
    name: 'amount',
    isNumber: true,
    show: ({ amount }) => <Money value={amount} />,
    text: ({ amount }) => `${amount.amount} ${amount.currency}`,
  },
];

/** Needs for money, and what banks were asked. */
export function Requests() {
  const { t } = useTranslation();
  const { may } = useOwn();
  const filters = useFilters(['state']);
  return (
    <Page
      title={t('page./financing-requests')}
      actions={
        may.includes('postRequest') && (
          <Button component={Link} to="/financing-requests/new">
            {t('begin./financing-requests/new')}
          </Button>
        )
      }
    >
      <Filters
        of={[
          {
            name: 'state',
            options: ['open', 'closed', 'awarded', 'accepted', 'withdrawn', 'lapsed'],
            words: 'state',
          },
        ]}
      />
      <RecordList
        name="financing-requests"
        of={filters}
        caption="page./financing-requests"
        columns={columns}
        keyOf={({ id }) => id}
        addressOf={({ id }) => `/financing-requests/${id}`}
        read={(cursor) =>
          content(
            api.GET('/financing-requests', {
              params: { query: queryOf(filters, cursor) },
            }),
          )
        }
      />
    </Page>
  );
}
