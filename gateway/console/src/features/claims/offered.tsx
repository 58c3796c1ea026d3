import { useTranslation } from 'react-i18next';
import { api, content } from '../../api/client.js';
import { Filters, useFilters } from '../../ui/list/filters.js';
import { queryOf } from '../../ui/list/query-of.js';
import { RecordList } from '../../ui/list/record-list.js';
import { Page } from '../../ui/page.js';
import { columnsOfOthers } from './claims.js';

/** Claims, and shares of claims, that other banks offer to this one; it takes or declines them on the page of the claim. */
export function Offered() {
  const { t } = useTranslation();
  const filters = useFilters(['enterprise', 'owner']);
  return (
    <Page title={t('page./transfer-offers')}>
      <Filters of={[{ name: 'enterprise' }, { name: 'owner' }]} />
      <RecordList
        name="transfer-offers"
        of={filters}
        caption="page./transfer-offers"
        columns={columnsOfOthers}
        keyOf={({ id }) => id}
        addressOf={({ id }) => `/claims/${id}`}
        read={(cursor) =>
          content(api.GET('/transfer-offers', { params: { query: queryOf(filters, cursor) } }))
        }
      />
    </Page>
  );
}
