import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Money } from '../../ui/money.js';
import type { Total } from './use-book.js';

/** What a book comes to by verdict and currency, to be held against the general ledger. */
export function BookTotals({ totals }: { readonly totals: readonly Total[] }) {
  const { t } = useTranslation();
  if (totals.length === 0) return null;
  return (
    <Table className="records" my="sm" aria-label={t('takeOn.totals')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('field.verdict')}</Table.Th>
          <Table.Th scope="col" className="numeric">
            {t('field.bookLines')}
          </Table.Th>
          <Table.Th scope="col" className="numeric">
            {t('field.amount')}
          </Table.Th>
          <Table.Th scope="col" className="numeric">
            {t('field.outstanding')}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {totals.map(({ verdict, currency, lines, amount, outstanding }) => (
          <Table.Tr key={`${verdict} ${currency}`}>
            <Table.Td data-label={t('field.verdict')}>{t(`takeOnVerdict.${verdict}`)}</Table.Td>
            <Table.Td data-label={t('field.bookLines')} className="numeric">
              {lines}
            </Table.Td>
            <Table.Td data-label={t('field.amount')} className="numeric">
              {currency !== '' && <Money value={{ amount, currency }} />}
            </Table.Td>
            <Table.Td data-label={t('field.outstanding')} className="numeric">
              {currency !== '' && <Money value={{ amount: outstanding, currency }} />}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
