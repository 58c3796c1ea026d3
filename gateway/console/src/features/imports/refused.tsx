import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSentence } from '../../i18n/sentence.js';
import type { Verdict } from './use-import.js';

/** Rows that are shown; all of them are in the file. */
const shown = 100;

/** What was refused, where in the file it stands, and why. */
export function Refused({ verdicts }: { readonly verdicts: readonly Verdict[] }) {
  const { t } = useTranslation();
  const sentence = useSentence();
  if (verdicts.length === 0) return null;
  return (
    <>
      <Table className="records" aria-label={t('import.refused')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('field.line')}</Table.Th>
            <Table.Th scope="col">{t('field.reason')}</Table.Th>
            <Table.Th scope="col">{t('field.at')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {verdicts.slice(0, shown).map((one) => (
            <Table.Tr key={one.index}>
              <Table.Td data-label={t('field.line')}>
                {one.file} {one.line ?? one.index + 1}
              </Table.Td>
              <Table.Td data-label={t('field.reason')}>
                {sentence({ code: one.code ?? '', title: '', detail: one.detail ?? '' })}
              </Table.Td>
              <Table.Td data-label={t('field.at')}>
                {one.field !== undefined && <code>{one.field}</code>}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {verdicts.length > shown && (
        <Text size="sm" c="dimmed">
          {t('import.more', { count: verdicts.length - shown })}
        </Text>
      )}
    </>
  );
}
