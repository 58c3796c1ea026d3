import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { paths } from '@pledgeonce/client';
import { api } from '../../api/client.js';
import { useRead } from '../../api/use-read.js';
import { Money } from '../../ui/money.js';
import { Page } from '../../ui/page.js';
import { Read } from '../../ui/read.js';
import { Section } from '../../ui/section.js';

type View = paths['/portfolio']['get']['responses'][200]['content']['application/json'];
type Row = Pick<View['totals'][number], 'claims' | 'amount' | 'outstanding'>;

/** What the bank has out: in all, by when it falls due, and to whom. */
export function Portfolio() {
  const { t } = useTranslation();
  const portfolio = useRead(['portfolio'], () => api.GET('/portfolio'));
  return (
    <Page title={t('page./portfolio')}>
      <Read of={portfolio}>{(view) => <Book of={view} />}</Read>
    </Page>
  );
}

/** A bank's book, to whomever it is shown. */
export function Book({ of: { totals, byDueDate, concentration, height } }: { readonly of: View }) {
  const { t } = useTranslation();
  return (
    <>
      <p className="faint">{t('portfolio.asOf', { height })}</p>
      <Sums title="portfolio.totals" of={totals.map((row) => [row.currency, row])} />
      <Sums title="portfolio.byDueDate" of={byDueDate.map((row) => [t(`dueIn.${row.due}`), row])} />
      <Sums
        title="portfolio.concentration"
        of={concentration.map((row) => [`${row.enterprise} · ${row.share} %`, row])}
      />
    </>
  );
}

function Sums({
  title,
  of,
}: {
  readonly title: string;
  readonly of: readonly (readonly [name: string, row: Row])[];
}) {
  const { t } = useTranslation();
  return (
    <Section title={t(title)}>
      {of.length === 0 && t('ui.nothing')}
      {of.length > 0 && (
        <Table className="records" aria-label={t(title)}>
          <Table.Thead>
            <Table.Tr>
              {['what', 'claims', 'amount', 'outstanding'].map((name) => (
                <Table.Th key={name} scope="col" {...(name !== 'what' && { className: 'numeric' })}>
                  {t(`field.${name}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {of.map(([name, { claims, amount, outstanding }]) => (
              <Table.Tr key={name + amount.currency}>
                <Table.Td data-label={t('field.what')}>{name}</Table.Td>
                <Table.Td data-label={t('field.claims')} className="numeric">
                  {claims}
                </Table.Td>
                <Table.Td data-label={t('field.amount')} className="numeric">
                  <Money value={amount} />
                </Table.Td>
                <Table.Td data-label={t('field.outstanding')} className="numeric">
                  <Money value={outstanding} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Section>
  );
}
