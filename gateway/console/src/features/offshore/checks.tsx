import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { paths } from '@pledgeonce/client';
import { api, content } from '../../api/client.js';
import { useOwn } from '../../session/session.js';
import { Moment } from '../../ui/dates.js';
import type { Column } from '../../ui/list/column.js';
import { Filters, useFilters } from '../../ui/list/filters.js';
import { queryOf } from '../../ui/list/query-of.js';
import { RecordList } from '../../ui/list/record-list.js';
import { NamedDocument } from '../../ui/named-document.js';
import { Page } from '../../ui/page.js';
import { StateBadge } from '../../ui/state-badge.js';

type Entry =
  paths['/offshore-checks']['get']['responses'][200]['content']['application/json']['items'][number];

const verdictOf = (entry: Entry) => ('verdict' in entry ? entry.verdict : entry.state);

const columns: readonly Column<Entry>[] = [
  {
    name: 'at',
    show: ({ at }) => <Moment value={at} />,
    text: ({ at }) => at,
  },
  { name: 'bank', show: ({ bank }) => bank, text: ({ bank }) => bank },
  {
    name: 'enterprise',
    show: ({ asked }) => asked.enterprise.id,
    text: ({ asked }) => asked.enterprise.id,
  },
  {
    name: 'documents',
    show: ({ asked }) =>
      asked.bills.map(({ document }) => <NamedDocument key={document.number} document={document} />),
    text: ({ asked }) => asked.bills.map(({ document }) => document.number).join(' '),
  },
  {
    name: 'verdict',
    show: (entry) => <StateBadge state={verdictOf(entry)} />,
    text: verdictOf,
  },
];

/** Papers of offshore trades that were compared with the carriers' record, before a bank paid on them. */
export function OffshoreChecks() {
  const { t } = useTranslation();
  const { may } = useOwn();
  const filters = useFilters(['verdict', 'enterprise']);
  return (
    <Page
      title={t('page./offshore-checks')}
      actions={
        may.includes('checkOffshore') && (
          <Button component={Link} to="/offshore-checks/new">
            {t('begin./offshore-checks/new')}
          </Button>
        )
      }
    >
      <Filters
        of={[
          {
            name: 'verdict',
            options: ['consistent', 'inconsistent', 'not-covered', 'asked'],
            words: 'state',
          },
          { name: 'enterprise' },
        ]}
      />
      <RecordList
        name="offshore-checks"
        of={filters}
        caption="page./offshore-checks"
        columns={columns}
        keyOf={({ id }) => id}
        addressOf={({ id }) => `/offshore-checks/${id}`}
        read={(cursor) =>
          content(api.GET('/offshore-checks', { params: { query: queryOf(filters, cursor) } }))
        }
      />
    </Page>
  );
}
