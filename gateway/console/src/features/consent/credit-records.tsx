import { useTranslation } from 'react-i18next';
import { api, content } from '../../api/client.js';
import { useOwn } from '../../session/session.js';
import { Moment } from '../../ui/dates.js';
import type { Column } from '../../ui/list/column.js';
import { Filters, useFilters } from '../../ui/list/filters.js';
import { queryOf } from '../../ui/list/query-of.js';
import { RecordList } from '../../ui/list/record-list.js';
import { Page } from '../../ui/page.js';
import { Steps } from '../../ui/steps.js';
import { categories } from './authorisations.js';
import { CreditRecord } from './credit-record.js';
import { recordSteps } from './record-steps.js';
import type { CreditRecordView } from './report.js';

const columns: readonly Column<CreditRecordView>[] = [
  {
    name: 'enterprise',
    show: ({ enterprise }) => `${enterprise.scheme} ${enterprise.id}`,
    text: ({ enterprise }) => enterprise.id,
  },
  {
    name: 'recordedAt',
    show: ({ recordedAt }) => <Moment value={recordedAt} />,
    text: ({ recordedAt }) => recordedAt,
  },
  { name: 'version', isNumber: true, show: ({ version }) => version, text: ({ version }) => String(version) },
  {
    name: 'content',
    show: (record) => <CreditRecord record={record} />,
    text: ({ content: what }) => JSON.stringify(what),
  },
];

/** What the regulator keeps of enterprises, for the banks that these let ask. */
export function CreditRecords() {
  const { t } = useTranslation();
  const { may } = useOwn();
  const filters = useFilters(['enterprise', 'category']);
  return (
    <Page
      title={t('page./credit-records')}
      actions={may.includes('recordCredit') && <Steps record="credit-record" of={recordSteps} />}
    >
      <Filters of={[{ name: 'enterprise' }, { name: 'category', options: categories, words: 'category' }]} />
      <RecordList
        name="credit-records"
        of={filters}
        caption="page./credit-records"
        columns={columns}
        keyOf={({ id }) => id}
        read={(cursor) =>
          content(api.GET('/credit-records', { params: { query: queryOf(filters, cursor) } }))
        }
      />
    </Page>
  );
}
