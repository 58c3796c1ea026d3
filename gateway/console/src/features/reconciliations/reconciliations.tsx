import { Anchor, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { paths } from '@pledgeonce/client';
import { api, content } from '../../api/client.js';
import { useLanguage } from '../../i18n/language.js';
import { useOwn } from '../../session/session.js';
import { Day, Moment } from '../../ui/dates.js';
import { FileDrop } from '../../ui/file-drop.js';
import type { Column } from '../../ui/list/column.js';
import { Filters, useFilters } from '../../ui/list/filters.js';
import { queryOf } from '../../ui/list/query-of.js';
import { RecordList } from '../../ui/list/record-list.js';
import { Money } from '../../ui/money.js';
import { Page } from '../../ui/page.js';
import { ProblemNote } from '../../ui/problem-note.js';
import { Section } from '../../ui/section.js';
import { saveFile } from './save-file.js';
import { useBook } from './use-book.js';

export type View = paths['/reconciliations/{id}']['get']['responses'][200]['content']['application/json'];

const openOf = ({ totals }: View) => totals.filter(({ open }) => /[1-9]/.test(open.amount));

/** Who has compared a book with the registry's, as of which day, and how much was open. */
export function Reconciliations() {
  const { t } = useTranslation();
  const { may, organisation } = useOwn();
  const filters = useFilters(['bank', 'verdict']);
  const columns: readonly Column<View>[] = [
    { name: 'asOf', show: ({ asOf }) => <Day value={asOf} />, text: ({ asOf }) => asOf },
    { name: 'bank', show: ({ bank }) => bank, text: ({ bank }) => bank },
    { name: 'recordedBy', show: ({ recordedBy }) => recordedBy, text: ({ recordedBy }) => recordedBy },
    {
      name: 'createdAt',
      show: ({ createdAt }) => <Moment value={createdAt} />,
      text: ({ createdAt }) => createdAt,
    },
    {
      name: 'verdict',
      show: ({ verdict }) => t(`verdict.${verdict}`),
      text: ({ verdict }) => verdict,
    },
    { name: 'bookLines', isNumber: true, show: ({ lines }) => lines, text: ({ lines }) => String(lines) },
    {
      name: 'open',
      isNumber: true,
      show: (one) => openOf(one).map(({ open }) => <Money key={open.currency} value={open} />),
      text: (one) =>
        openOf(one)
          .map(({ open }) => `${open.amount} ${open.currency}`)
          .join('; '),
    },
  ];
  const ofBank = organisation.kind === 'regulator' ? [{ name: 'bank' }] : [];
  return (
    <Page title={t('page./reconciliations')}>
      {may.includes('recordReconciliation') && <Book />}
      <Filters of={[...ofBank, { name: 'verdict', options: ['open', 'agreed'], words: 'verdict' }]} />
      <RecordList
        name="reconciliations"
        of={filters}
        caption="page./reconciliations"
        columns={columns}
        keyOf={({ id }) => id}
        addressOf={({ id }) => `/reconciliations/${id}`}
        read={(cursor) =>
          content(api.GET('/reconciliations', { params: { query: queryOf(filters, cursor) } }))
        }
      />
    </Page>
  );
}

/** Where a bank's people give the book in. */
function Book() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const navigate = useNavigate();
  const [asOf, setAsOf] = useState(lastDayOfMonth);
  const { isSending, error, send } = useBook(({ id }) => void navigate(`/reconciliations/${id}`));
  const template = language === 'zh' ? 'template-zh' : 'template';
  return (
    <Section title={t('monthEnd.begin')}>
      <TextInput
        type="date"
        mb="sm"
        label={t('monthEnd.asOf')}
        description={t('monthEnd.asOfHint')}
        value={asOf}
        onChange={({ currentTarget }) => {
          setAsOf(currentTarget.value);
        }}
      />
      <FileDrop
        hint="monthEnd.hint"
        accept=".csv,.xlsx,.ndjson"
        onFiles={([file]) => {
          if (!isSending && file !== undefined) void send(file, asOf);
        }}
      />
      <Anchor
        component="button"
        type="button"
        mt="sm"
        onClick={() => void saveFile(`/reconciliations/${template}`, 'book.csv', 'text/csv')}
      >
        {t('monthEnd.template')}
      </Anchor>
      {isSending && <Text role="status">{t('monthEnd.sending')}</Text>}
      {error !== undefined && <ProblemNote error={error} />}
    </Section>
  );
}

/** The last day of the month before, which is what most people compare. */
function lastDayOfMonth(): string {
  const now = new Date();
  return new Date(Date.UTC(now.getFullYear(), now.getMonth(), 0)).toISOString().slice(0, 10);
}
