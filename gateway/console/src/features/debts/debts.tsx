import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { paths } from '@pledgeonce/client';
import { api, content } from '../../api/client.js';
import { useOwn } from '../../session/session.js';
import { Moment } from '../../ui/dates.js';
import { queryOf } from '../../ui/list/query-of.js';
import { RecordList } from '../../ui/list/record-list.js';
import type { Column } from '../../ui/list/column.js';
import { Money } from '../../ui/money.js';
import { NamedDocument } from '../../ui/named-document.js';
import { Page } from '../../ui/page.js';

type Debt = paths['/debts']['get']['responses'][200]['content']['application/json']['items'][number];

const columns: readonly Column<Debt>[] = [
  {
    name: 'type',
    show: ({ document }) => <NamedDocument document={document} />,
    text: ({ document }) => `${document.type} ${document.number}`,
  },
  { name: 'seller', show: ({ seller }) => seller.id, text: ({ seller }) => seller.id },
  {
    name: 'willPay',
    isNumber: true,
    show: ({ amount }) => <Money value={amount} />,
    text: ({ amount }) => `${amount.amount} ${amount.currency}`,
  },
  { name: 'payTo', show: ({ payTo }) => <Whom bank={payTo} />, text: ({ payTo = '' }) => payTo },
  {
    name: 'confirmedAt',
    show: ({ confirmedAt }) => <Moment value={confirmedAt} />,
    text: ({ confirmedAt }) => confirmedAt,
  },
];
const ofOthers: Column<Debt> = {
  name: 'debtor',
  show: ({ debtor }) => debtor.id,
  text: ({ debtor }) => debtor.id,
};

/** What debtors have confirmed that they will pay, so that banks lend to the seller on it. */
export function Debts() {
  const { t } = useTranslation();
  const { may, organisation } = useOwn();
  const isRegulator = organisation.kind === 'regulator';
  return (
    <Page
      title={t('page./debts')}
      actions={
        may.includes('confirmDebt') && (
          <Button component={Link} to="/debts/new">
            {t('begin./debts/new')}
          </Button>
        )
      }
    >
      <p>{t('debts.about')}</p>
      <RecordList
        name="debts"
        of={{}}
        caption="page./debts"
        columns={isRegulator ? [...columns, ofOthers] : columns}
        keyOf={({ id }) => id}
        read={(cursor) => content(api.GET('/debts', { params: { query: queryOf({}, cursor) } }))}
      />
    </Page>
  );
}

function Whom({ bank }: { readonly bank: string | undefined }) {
  const { t } = useTranslation();
  return bank ?? t('debts.whoever');
}
