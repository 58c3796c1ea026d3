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
import { Page } from '../../ui/page.js';
import { StateBadge } from '../../ui/state-badge.js';

type Query =
  paths['/credit-queries']['get']['responses'][200]['content']['application/json']['items'][number];

const columns: readonly Column<Query>[] = [
  { name: 'at', show: ({ at }) => <Moment value={at} />, text: ({ at }) => at },
  { name: 'bank', show: ({ bank }) => bank, text: ({ bank }) => bank },
  { name: 'person', show: ({ person }) => person, text: ({ person }) => person },
  { name: 'enterprise', show: ({ enterprise }) => enterprise.id, text: ({ enterprise }) => enterprise.id },
  { name: 'purposeText', show: ({ purpose }) => purpose, text: ({ purpose }) => purpose },
  { name: 'state', show: ({ state }) => <StateBadge state={state} />, text: ({ state }) => state },
];

/** Who asked about whom, allowed or refused: the log that the enterprise and the regulator read. */
export function CreditQueries() {
  const { t } = useTranslation();
  const { may } = useOwn();
  const filters = useFilters(['state']);
  return (
    <Page
      title={t('page./credit-queries')}
      actions={
        may.includes('queryCredit') && (
          <Button component={Link} to="/credit-queries/new">
            {t('begin./credit-queries/new')}
          </Button>
        )
      }
    >
      <Filters of={[{ name: 'state', options: ['allowed', 'refused'], words: 'state' }]} />
      <RecordList
        name="credit-queries"
        of={filters}
        caption="page./credit-queries"
        columns={columns}
        keyOf={({ id }) => id}
        read={(cursor) =>
          content(
            api.GET('/credit-queries', {
              params: { query: queryOf(filters, cursor) },
            }),
          )
        }
      />
    </Page>
  );
}
