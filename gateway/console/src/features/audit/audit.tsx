import { useTranslation } from 'react-i18next';
import type { paths } from '@pledgeonce/client';
import { api, content } from '../../api/client.js';
import { DocumentNumber } from '../../ui/document-number.js';
import { Filters, useFilters } from '../../ui/list/filters.js';
import { queryOf } from '../../ui/list/query-of.js';
import { RecordList } from '../../ui/list/record-list.js';
import type { Column } from '../../ui/list/column.js';
import { Page } from '../../ui/page.js';
import { Section } from '../../ui/section.js';
import { Scan } from './scan.js';
import { ResemblanceReasons } from './reasons.js';

type Pair =
  paths['/audit/late-duplicates']['get']['responses'][200]['content']['application/json']['items'][number];

const columns: readonly Column<Pair>[] = [
  {
    name: 'later',
    show: ({ later }) => <DocumentNumber value={later.number} copy={false} />,
    text: ({ later }) => later.number,
  },
  {
    name: 'earlier',
    show: ({ earlier }) => <DocumentNumber value={earlier.number} />,
    text: ({ earlier }) => earlier.number,
  },
  { name: 'seller', show: ({ later }) => later.seller, text: ({ later }) => later.seller },
  {
    name: 'resembles',
    show: ({ reasons }) => <ResemblanceReasons of={reasons} />,
    text: ({ reasons }) => reasons.join(' '),
  },
  {
    name: 'claims',
    isNumber: true,
    show: ({ later, earlier }) => later.claims.length + earlier.claims.length,
    text: ({ later, earlier }) => String(later.claims.length + earlier.claims.length),
  },
];

/** What an auditor looks for: documents that came late and look like one that was there, and scans over everything. */
export function Audit() {
  const { t } = useTranslation();
  const filters = useFilters(['reason']);
  return (
    <Page title={t('page./audit')}>
      <Section title={t('audit.lateDuplicates')}>
        <Filters
          of={[
            {
              name: 'reason',
              options: ['number', 'amount', 'split', 'merged', 'containers', 'trade'],
              words: 'resemblance',
            },
          ]}
        />
        <RecordList
          name="late-duplicates"
          of={filters}
          caption="audit.lateDuplicates"
          columns={columns}
          keyOf={({ later, earlier }) => later.fact + earlier.fact}
          addressOf={({ later }) => `/documents/${later.fact}`}
          read={(cursor) =>
            content(
              api.GET('/audit/late-duplicates', {
                params: { query: queryOf(filters, cursor) },
              }),
            )
          }
        />
      </Section>
      <Scan />
    </Page>
  );
}
