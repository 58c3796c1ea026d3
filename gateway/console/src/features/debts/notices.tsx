import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { paths } from '@pledgeonce/client';
import { api, content } from '../../api/client.js';
import { Day } from '../../ui/dates.js';
import { Filters, useFilters } from '../../ui/list/filters.js';
import { queryOf } from '../../ui/list/query-of.js';
import { RecordList } from '../../ui/list/record-list.js';
import type { Column } from '../../ui/list/column.js';
import { NamedDocument } from '../../ui/named-document.js';
import { Page } from '../../ui/page.js';
import { StateBadge } from '../../ui/state-badge.js';

type Notice =
  paths['/debtor-notices']['get']['responses'][200]['content']['application/json']['items'][number];

const columns: readonly Column<Notice>[] = [
  {
    name: 'type',
    show: ({ document }) => <NamedDocument document={document} />,
    text: ({ document }) => `${document.type} ${document.number}`,
  },
  {
    name: 'seller',
    show: ({ seller }) => seller.name ?? seller.id,
    text: ({ seller }) => seller.name ?? seller.id,
  },
  { name: 'bank', show: ({ bank }) => bank, text: ({ bank }) => bank },
  { name: 'state', show: ({ state }) => <StateBadge state={state} />, text: ({ state }) => state },
  { name: 'toldOn', show: ({ date }) => <Day value={date} />, text: ({ date }) => date },
  { name: 'how', show: ({ how }) => how, text: ({ how }) => how },
];

/** What banks have told an enterprise that owes: for which document to pay whom. */
export function Notices() {
  const { t } = useTranslation();
  const filters = useFilters(['state']);
  return (
    <Page title={t('page./debtor-notices')}>
      <p>
        {t('notices.about')} <Link to="/payee">{t('notices.ask')}</Link>
      </p>
      <Filters of={[{ name: 'state', options: ['pay-the-bank', 'over'], words: 'state' }]} />
      <RecordList
        name="debtor-notices"
        of={filters}
        caption="page./debtor-notices"
        columns={columns}
        keyOf={({ id }) => id}
        read={(cursor) =>
          content(api.GET('/debtor-notices', { params: { query: queryOf(filters, cursor) } }))
        }
      />
    </Page>
  );
}
