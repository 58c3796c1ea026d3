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
          <Table.Th scope="col">{t('field.result')}</Table.Th>
          <Table.Th scope="col">{t('field.lines')}</Table.Th>
          <Table.Th scope="col">{t('field.amount')}</Table.Th>
          <Table.Th scope="col">{t('field.outstanding')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {totals.map(({ verdict, currency, lines, amount, outstanding }) => (
          <Table.Tr key={`${verdict} ${currency}`}>
            <Table.Td data-label={t('field.result')}>{t(`takeOnVerdict.${verdict}`)}</Table.Td>
            <Table.Td data-label={t('field.lines')}>{lines}</Table.Td>
            <Table.Td data-label={t('field.amount')}>
              {currency !== '' && <Money value={{ amount, currency }} />}
            </Table.Td>
            <Table.Td data-label={t('field.outstanding')}>
              {currency !== '' && <Money value={{ amount: outstanding, currency }} />}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
