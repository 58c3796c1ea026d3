import { useTranslation } from 'react-i18next';
import type { paths } from '@pledgeonce/client';
import { api, content } from '../../api/client.js';
import { Moment } from '../../ui/dates.js';
import { Filters, useFilters } from '../../ui/list/filters.js';
import { queryOf } from '../../ui/list/query-of.js';
import { RecordList } from '../../ui/list/record-list.js';
import type { Column } from '../../ui/list/column.js';
import { Page } from '../../ui/page.js';

type Entry = paths['/people/log']['get']['responses'][200]['content']['application/json']['items'][number];

const columns: readonly Column<Entry>[] = [
  { name: 'at', show: ({ at }) => <Moment value={at} />, text: ({ at }) => at },
  {
    name: 'what',
    show: ({ kind, alert }) => (
      <span className={alert ? 'wrong' : ''}>
        <Kind of={kind} />
      </span>
    ),
    text: ({ kind }) => kind,
  },
  { name: 'person', show: ({ person }) => person, text: ({ person }) => person },
  { name: 'by', show: ({ by }) => by, text: ({ by }) => by ?? '' },
  { name: 'address', show: ({ address }) => address, text: ({ address }) => address ?? '' },
];

/** Who came in, who was refused, and who was changed by whom. */
export function Log() {
  const { t } = useTranslation();
  const filters = useFilters(['person', 'alerts']);
  return (
    <Page title={t('page./people/log')}>
      <Filters of={[{ name: 'person' }, { name: 'alerts', options: ['true'], words: 'unusual' }]} />
      <RecordList
        name="people-log"
        of={filters}
        caption="page./people/log"
        columns={columns}
        keyOf={({ number }) => String(number)}
        read={(cursor) =>
          content(
            api.GET('/people/log', {
              params: { query: queryOf(filters, cursor) },
            }),
          )
        }
      />
    </Page>
  );
}

function Kind({ of }: { readonly of: string }) {
  const { t } = useTranslation();
  return t(`log.${of}`);
}
