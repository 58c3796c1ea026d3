import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, content } from '../../api/client.js';
import { Filters, useFilters } from '../../ui/list/filters.js';
import { queryOf } from '../../ui/list/query-of.js';
import { RecordList } from '../../ui/list/record-list.js';
import type { Column } from '../../ui/list/column.js';
import { Money } from '../../ui/money.js';
import { Page } from '../../ui/page.js';
import { Bars } from '../../ui/pictures/bars.js';
import { StateBadge } from '../../ui/state-badge.js';
import { byMonth } from './by-month.js';
import type { Sum } from './by-month.js';

const columns: readonly Column<Sum>[] = [
  { name: 'month', show: ({ month }) => month, text: ({ month }) => month },
  { name: 'owner', show: ({ owner }) => owner, text: ({ owner }) => owner },
  { name: 'product', show: ({ product }) => <Product of={product} />, text: ({ product }) => product },
  { name: 'state', show: ({ state }) => <StateBadge state={state} />, text: ({ state }) => state },
  { name: 'claims', isNumber: true, show: ({ claims }) => claims, text: ({ claims }) => String(claims) },
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

/** Claims by month, bank, product and currency: as bars, as a table and as a file. */
export function Statistics() {
  const { t } = useTranslation();
  const filters = useFilters(['from', 'to', 'bank', 'currency']);
  const read = (cursor: string | undefined) =>
    content(
      api.GET('/statistics', {
        params: { query: queryOf(filters, cursor, 100) },
      }),
    );
  const first = useInfiniteQuery({
    queryKey: ['list', 'statistics', filters],
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  });
  const sums = byMonth(first.data?.pages.flatMap(({ items }) => items) ?? []);
  return (
    <Page title={t('page./statistics')}>
      <Filters
        of={[
          { name: 'from', type: 'month' },
          { name: 'to', type: 'month' },
          { name: 'bank' },
          { name: 'currency' },
        ]}
      />
      {sums.map(({ currency, bars }) => (
        <Bars key={currency} of={bars} currency={currency} label={t('statistics.byMonth')} />
      ))}
      <RecordList
        name="statistics"
        of={filters}
        caption="page./statistics"
        columns={columns}
        keyOf={({ month, owner, product, state, amount }) =>
          [month, owner, product, state, amount.currency].join()
        }
        read={read}
      />
    </Page>
  );
}

function Product({ of }: { readonly of: string }) {
  const { t } = useTranslation();
  return t(`product.${of}`);
}
