import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '@pledgeonce/client';
import { api, content } from '../../api/client.js';
import { useOwn } from '../../session/session.js';
import { Day } from '../../ui/dates.js';
import { documentTypes } from '../../ui/form/document-field.js';
import { Filters, useFilters } from '../../ui/list/filters.js';
import { queryOf } from '../../ui/list/query-of.js';
import { RecordList } from '../../ui/list/record-list.js';
import type { Column } from '../../ui/list/column.js';
import { Money } from '../../ui/money.js';
import { Page } from '../../ui/page.js';
import { PrintedNumber } from '../../ui/printed-number.js';
import { StateBadge } from '../../ui/state-badge.js';

type Fact = Schemas['Fact'];

const columns: readonly Column<Fact>[] = [
  {
    name: 'number',
    show: ({ number, printedNumber }) => (
      <>
        <code>{number}</code> <PrintedNumber value={printedNumber} />
      </>
    ),
    text: ({ number, printedNumber }) =>
      printedNumber === undefined ? number : `${number} (${printedNumber})`,
  },
  { name: 'type', show: ({ type }) => <TypeName type={type} />, text: ({ type }) => type },
  { name: 'date', show: ({ date }) => <Day value={date} />, text: ({ date }) => date },
  { name: 'seller', show: ({ seller }) => seller.name ?? seller.id, text: ({ seller }) => seller.id },
  {
    name: 'status',
    show: ({ status, overdrawn }) => (
      <>
        <StateBadge state={status} /> {overdrawn && <StateBadge state="overdrawn" />}
      </>
    ),
    text: ({ status, overdrawn }) => (overdrawn ? `${status}, overdrawn` : status),
  },
  {
    name: 'total',
    isNumber: true,
    show: ({ total }) => total !== undefined && <Money value={total} />,
    text: ({ total }) => (total === undefined ? '' : `${total.amount} ${total.currency}`),
  },
];

/** The documents that the organisation may read. */
export function Documents() {
  const { t } = useTranslation();
  const { may } = useOwn();
  const filters = useFilters(['type', 'status', 'number']);
  return (
    <Page
      title={t('page./documents')}
      actions={
        may.includes('recordFacts') && (
          <>
            <Button component={Link} to="/documents/new">
              {t('document.new')}
            </Button>
            <Button component={Link} to="/import" variant="default">
              {t('page./import')}
            </Button>
          </>
        )
      }
    >
      <Filters
        of={[
          { name: 'type', options: documentTypes, words: 'type' },
          { name: 'status', options: ['active', 'amended', 'cancelled', 'replaced'], words: 'state' },
          { name: 'number' },
        ]}
      />
      <RecordList
        name="documents"
        of={filters}
        caption="page./documents"
        columns={columns}
        keyOf={({ id }) => id}
        addressOf={({ id }) => `/documents/${id}`}
        read={(cursor) =>
          content(
            api.GET('/facts', {
              params: { query: queryOf(filters, cursor) },
            }),
          )
        }
      />
    </Page>
  );
}

function TypeName({ type }: { readonly type: string }) {
  const { t } = useTranslation();
  return t(`type.${type}`);
}
