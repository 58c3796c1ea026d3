import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Money } from '../../ui/money.js';
import { Particulars } from '../../ui/particulars.js';
import type { CreditRecordView } from './report.js';

/** What the registry knows of an enterprise, in the words of each category. */
export function CreditRecord({ record: { content, category } }: { readonly record: CreditRecordView }) {
  const { t } = useTranslation();
  return (
    <>
      <Text fw={600}>{t(`category.${category}`)}</Text>
      {content.category === 'basic' && (
        <Particulars
          of={[
            ['name', content.name],
            ['directory', t(`state.${content.directoryStatus}`)],
            ['class', content.class],
            ['listedSince', content.listedSince],
          ]}
        />
      )}
      {content.category === 'trade-credit' && (
        <Table aria-label={t(`category.${category}`)}>
          <Table.Thead>
            <Table.Tr>
              {['year', 'exports', 'receipts'].map((name) => (
                <Table.Th key={name} scope="col" {...(name !== 'year' && { className: 'numeric' })}>
                  {t(`field.${name}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {content.years.map(({ year, exports, receipts }) => (
              <Table.Tr key={year}>
                <Table.Td>{year}</Table.Td>
                <Table.Td className="numeric">
                  <Money value={exports} />
                </Table.Td>
                <Table.Td className="numeric">
                  <Money value={receipts} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {content.category === 'regulatory' && (
        <ul>
          {content.penalties.map(({ date, authority, reason }) => (
            <li key={date + reason}>{`${date} · ${authority} · ${reason}`}</li>
          ))}
        </ul>
      )}
    </>
  );
}
