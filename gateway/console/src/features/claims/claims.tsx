import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '@pledgeonce/client';
import { api, content } from '../../api/client.js';
import { useOwn } from '../../session/session.js';
import { Day } from '../../ui/dates.js';
import { Holder } from '../../ui/holder.js';
import { Filters, useFilters } from '../../ui/list/filters.js';
import { queryOf } from '../../ui/list/query-of.js';
import { RecordList } from '../../ui/list/record-list.js';
import type { Column } from '../../ui/list/column.js';
import { Money } from '../../ui/money.js';
import { Page } from '../../ui/page.js';
import { StateBadge } from '../../ui/state-badge.js';

type Claim = Schemas['Claim'];

export const claimStates = [
  'reserved',
  'accepted',
  'disbursed',
  'partly-repaid',
  'settled',
  'withdrawn',
  'rejected',
  'expired',
  'overdue',
  'disputed',
  'transferred',
  'assigned-to-collector',
  'repurchased',
  'written-off',
] as const;
export const products = [
  'discount',
  'factoring',
  'invoice',
  'order',
  'insured',
  'warehouse',
  'micro-loan',
  'reverse-factoring',
] as const;

const columns: readonly Column<Claim>[] = [
  {
    name: 'applicationNumber',
    show: ({ applicationNumber }) => <code>{applicationNumber}</code>,
    text: ({ applicationNumber }) => applicationNumber,
  },
  { name: 'enterprise', show: ({ enterprise }) => enterprise.id, text: ({ enterprise }) => enterprise.id },
  { name: 'state', show: ({ state }) => <StateBadge state={state} />, text: ({ state }) => state },
  {
    name: 'dueDate',
    show: ({ dueDate }) => <Day value={dueDate} />,
    text: ({ dueDate }) => dueDate,
  },
  {
    name: 'amount',
    isNumber: true,
    show: ({ amount }) => <Money value={amount} />,
    text: ({ amount }) => `${amount.amount} ${amount.currency}`,
  },
  {
    name: 'outstanding',
    isNumber: true,
    show: ({ outstanding }) => <Money value={outstanding} />,
    text: ({ outstanding }) => `${outstanding.amount} ${outstanding.currency}`,
  },
];
const ofOthers: Column<Claim> = {
  name: 'owner',
  show: ({ owner }) => <Holder of={owner} />,
  text: ({ owner }) => owner,
};

/** Of claims of several banks it is said whose they are. */
export const columnsOfOthers: readonly Column<Claim>[] = [...columns, ofOthers];

/** The organisation's claims (the regulator's: everybody's), as the filter says. */
export function Claims() {
  const { t } = useTranslation();
  const { may, organisation } = useOwn();
  const isRegulator = organisation.kind === 'regulator';
  // A bank has claims under another name only where it has succeeded that one.
  const hasSeveral = isRegulator || organisation.inherits.length > 0;
  const filters = useFilters([
    'applicationNumber',
    'document',
    'state',
    'product',
    'enterprise',
    'owner',
    'dueBefore',
  ]);
  return (
    <Page
      title={t('page./claims')}
      actions={
        may.includes('reserveClaims') && (
          <Button component={Link} to="/claims/new">
            {t('claim.new')}
          </Button>
        )
      }
    >
      <Filters
        of={[
          { name: 'applicationNumber' },
          { name: 'document' },
          { name: 'state', options: claimStates, words: 'state' },
          { name: 'product', options: products, words: 'product' },
          { name: 'enterprise' },
          ...(isRegulator ? [{ name: 'owner' }] : []),
          { name: 'dueBefore', type: 'date' },
        ]}
      />
      <RecordList
        name="claims"
        of={filters}
        caption="page./claims"
        columns={hasSeveral ? columnsOfOthers : columns}
        keyOf={({ id }) => id}
        addressOf={({ id }) => `/claims/${id}`}
        read={(cursor) =>
          content(
            api.GET('/claims', {
              params: { query: queryOf(filters, cursor) },
            }),
          )
        }
      />
    </Page>
  );
}
