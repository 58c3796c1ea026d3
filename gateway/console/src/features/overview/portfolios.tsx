import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.js';
import { useRead } from '../../api/use-read.js';
import { Filters, useFilters } from '../../ui/list/filters.js';
import { Page } from '../../ui/page.js';
import { Read } from '../../ui/read.js';
import { Book } from './portfolio.js';

/** What a bank has out, for the regulator. */
export function Portfolios() {
  const { t } = useTranslation();
  const { bank } = useFilters(['bank']);
  return (
    <Page title={t('page./portfolios')}>
      <Filters of={[{ name: 'bank' }]} />
      {bank === undefined ? <Text>{t('portfolio.whose')}</Text> : <BookOf bank={bank} />}
    </Page>
  );
}

function BookOf({ bank }: { readonly bank: string }) {
  const book = useRead(['portfolio', bank], () =>
    api.GET('/audit/portfolios/{msp}', { params: { path: { msp: bank } } }),
  );
  return <Read of={book}>{(view) => <Book of={view} />}</Read>;
}
