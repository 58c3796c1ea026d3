import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { paths } from '@pledgeonce/client';
import { api, content } from '../../api/client.js';
import { Money } from '../../ui/money.js';
import { NamedDocument } from '../../ui/named-document.js';
import { queryOf } from '../../ui/list/query-of.js';
import { RecordList } from '../../ui/list/record-list.js';
import type { Column } from '../../ui/list/column.js';
import { Section } from '../../ui/section.js';
import { PrintedNumber } from '../../ui/printed-number.js';
import { StateBadge } from '../../ui/state-badge.js';

type Document =
  paths['/own-documents']['get']['responses'][200]['content']['application/json']['items'][number];
type Draw = Document['draws'][number];

const moneyText = (money: Document['remaining']) =>
  money === undefined ? '' : `${money.amount} ${money.currency}`;

const columns: readonly Column<Document>[] = [
  {
    name: 'document',
    show: ({ document, printedNumber }) => (
      <>
        <NamedDocument document={document} /> <PrintedNumber value={printedNumber} />
      </>
    ),
    text: ({ document }) => `${document.type} ${document.number}`,
  },
  { name: 'state', show: ({ status }) => <StateBadge state={status} />, text: ({ status }) => status },
  {
    name: 'total',
    isNumber: true,
    show: ({ total }) => total !== undefined && <Money value={total} />,
    text: ({ total }) => moneyText(total),
  },
  {
    name: 'remaining',
    isNumber: true,
    show: ({ remaining }) => remaining !== undefined && <Money value={remaining} />,
    text: ({ remaining }) => moneyText(remaining),
  },
  {
    name: 'claims',
    show: ({ draws }) => <Draws of={draws} />,
    text: ({ draws }) => draws.map(({ bank, state }) => `${bank} ${state}`).join('; '),
  },
];

/** Documents on the first page: what is older is a page further on. */
const shown = 10;

/** What the firm has: its documents, what is left of each, and which bank holds what on it in which state. */
export function ExporterWork() {
  const { t } = useTranslation();
  return (
    <Section title={t('work.ownDocuments')}>
      <RecordList
        name="own-documents"
        of="own-documents"
        caption="work.ownDocuments"
        columns={columns}
        keyOf={({ document }) => document.type + document.number + (document.issuer?.id ?? '')}
        read={(cursor) =>
          content(api.GET('/own-documents', { params: { query: queryOf({}, cursor, shown) } }))
        }
      />
    </Section>
  );
}

function Draws({ of }: { readonly of: readonly Draw[] }) {
  return (
    <Stack gap={2}>
      {of.map(({ id, bank, state, document }) => (
        <span key={id + document.number}>
          {bank} <StateBadge state={state} />
        </span>
      ))}
    </Stack>
  );
}
