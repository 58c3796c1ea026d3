import { useTranslation } from 'react-i18next';
import type { paths } from '@pledgeonce/client';
import { api, content } from '../../api/client.js';
import { useOwn } from '../../session/session.js';
import { Day } from '../../ui/dates.js';
import type { Column } from '../../ui/list/column.js';
import { queryOf } from '../../ui/list/query-of.js';
import { RecordList } from '../../ui/list/record-list.js';
import { Money } from '../../ui/money.js';
import { NamedDocument } from '../../ui/named-document.js';
import { Section } from '../../ui/section.js';

type Answer = paths['/take-on/unmatched']['get']['responses'][200]['content']['application/json'];
type Waiting = Answer['items'][number];

const columns: readonly Column<Waiting>[] = [
  {
    name: 'applicationNumber',
    show: ({ applicationNumber }) => <code>{applicationNumber}</code>,
    text: ({ applicationNumber }) => applicationNumber,
  },
  { name: 'owner', show: ({ owner }) => owner, text: ({ owner }) => owner },
  { name: 'enterprise', show: ({ enterprise }) => enterprise.id, text: ({ enterprise }) => enterprise.id },
  {
    name: 'documents',
    show: ({ documents }) =>
      documents.map((document) => (
        <NamedDocument key={document.type + document.number} document={document} />
      )),
    text: ({ documents }) => documents.map(({ number }) => number).join('; '),
  },
  {
    name: 'paidOutOn',
    show: ({ paidOutOn }) => <Day value={paidOutOn} />,
    text: ({ paidOutOn }) => paidOutOn,
  },
  {
    name: 'outstanding',
    show: ({ outstanding }) => <Money value={outstanding} />,
    text: ({ outstanding }) => `${outstanding.amount} ${outstanding.currency}`,
    isNumber: true,
  },
  { name: 'age', show: ({ days }) => <Age days={days} />, text: ({ days }) => String(days), isNumber: true },
];

/** Loans that were taken on and whose documents no authority has recorded: the longest wait is a question to the exporter. */
export function Unmatched() {
  const { t } = useTranslation();
  const { organisation } = useOwn();
  const isBank = organisation.kind === 'bank';
  return (
    <Section title={t('takeOn.unmatched')}>
      <p>{t('takeOn.unmatchedHint')}</p>
      <RecordList
        name="unmatched"
        of={{}}
        caption="takeOn.unmatched"
        columns={isBank ? columns.filter(({ name }) => name !== 'owner') : columns}
        keyOf={({ id }) => id}
        addressOf={({ id }) => `/claims/${id}`}
        read={(cursor) => content(api.GET('/take-on/unmatched', { params: { query: queryOf({}, cursor) } }))}
      />
    </Section>
  );
}

function Age({ days }: { readonly days: number }) {
  const { t } = useTranslation();
  return t('takeOn.days', { count: days });
}
