import { useTranslation } from 'react-i18next';
import type { paths } from '@pledgeonce/client';
import { api, content } from '../../api/client.js';
import { Filters, useFilters } from '../../ui/list/filters.js';
import { queryOf } from '../../ui/list/query-of.js';
import { RecordList } from '../../ui/list/record-list.js';
import type { Column } from '../../ui/list/column.js';
import { Money } from '../../ui/money.js';
import { Page } from '../../ui/page.js';
import { useOwn } from '../../session/session.js';
import { products } from '../claims/claims.js';

type Answer = paths['/statistics/prices']['get']['responses'][200]['content']['application/json'];
type Row = Answer['items'][number];

const columns: readonly Column<Row>[] = [
  { name: 'month', show: ({ month }) => month, text: ({ month }) => month },
  { name: 'owner', show: ({ owner }) => owner, text: ({ owner }) => owner },
  { name: 'product', show: ({ product }) => <Product of={product} />, text: ({ product }) => product },
  { name: 'band', show: ({ rateBand }) => <Band of={rateBand} />, text: ({ rateBand }) => rateBand },
  {
    name: 'outlet',
    show: ({ outlet }) => outlet !== undefined && <code>{outlet}</code>,
    text: ({ outlet = '' }) => outlet,
  },
  { name: 'claims', isNumber: true, show: ({ claims }) => claims, text: ({ claims }) => String(claims) },
  {
    name: 'averageRate',
    isNumber: true,
    show: ({ averageRate }) => averageRate,
    text: ({ averageRate = '' }) => averageRate,
  },
  {
    name: 'averageAllIn',
    isNumber: true,
    show: ({ averageAllIn }) => averageAllIn,
    text: ({ averageAllIn = '' }) => averageAllIn,
  },
  {
    name: 'amount',
    isNumber: true,
    show: ({ amount }) => <Money value={amount} />,
    text: ({ amount }) => `${amount.amount} ${amount.currency}`,
  },
];

/** What accepted claims cost, by month, product, band of the rate and outlet: whether it is about two per cent. */
export function Prices() {
  const { t } = useTranslation();
  const { organisation } = useOwn();
  const filters = useFilters(['from', 'to', 'bank', 'product', 'outlet', 'currency']);
  return (
    <Page title={t('page./prices')}>
      <p>{t('prices.about')}</p>
      <Filters
        of={[
          { name: 'from', type: 'month' },
          { name: 'to', type: 'month' },
          ...(organisation.kind === 'regulator' ? [{ name: 'bank' }] : []),
          { name: 'product', options: products, words: 'product' },
          { name: 'outlet' },
          { name: 'currency' },
        ]}
      />
      <RecordList
        name="prices"
        of={filters}
        caption="page./prices"
        columns={columns}
        keyOf={({ month, owner, product, rateBand, outlet, amount }) =>
          [month, owner, product, rateBand, outlet, amount.currency].join()
        }
        read={(cursor) =>
          content(api.GET('/statistics/prices', { params: { query: queryOf(filters, cursor, 100) } }))
        }
      />
    </Page>
  );
}

function Product({ of }: { readonly of: string }) {
  const { t } = useTranslation();
  return t(`product.${of}`);
}

function Band({ of }: { readonly of: string }) {
  const { t } = useTranslation();
  return of === 'not-stated' ? t('prices.notStated') : of;
}
