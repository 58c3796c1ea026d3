import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSentence } from '../../i18n/sentence.js';
import type { LineVerdict } from './use-book.js';

/** Lines that are shown; all of them are in the file. */
const shown = 100;
const unremarkable: ReadonlySet<string> = new Set(['found', 'taken-on']);

/** The lines of a book that a person has to look at. */
export function BookVerdicts({ verdicts }: { readonly verdicts: readonly LineVerdict[] }) {
  const { t } = useTranslation();
  const sentence = useSentence();
  const odd = verdicts.filter(({ word, unmatched = 0 }) => !unremarkable.has(word) || unmatched > 0);
  if (odd.length === 0) return null;
  const whyOf = ({ code, detail, looksLike }: LineVerdict) => {
    if (looksLike !== undefined) return t('takeOn.looksLike', { line: looksLike });
    return code === undefined ? '' : sentence({ code, title: '', detail: detail ?? '' });
  };
  return (
    <>
      <Table className="records" aria-label={t('takeOn.odd')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('field.line')}</Table.Th>
            <Table.Th scope="col">{t('field.applicationNumber')}</Table.Th>
            <Table.Th scope="col">{t('field.result')}</Table.Th>
            <Table.Th scope="col">{t('field.reason')}</Table.Th>
            <Table.Th scope="col">{t('field.at')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {odd.slice(0, shown).map((one) => (
            <Table.Tr key={one.index}>
              <Table.Td data-label={t('field.line')}>{one.line}</Table.Td>
              <Table.Td data-label={t('field.applicationNumber')}>{one.reference}</Table.Td>
              <Table.Td data-label={t('field.result')}>
                {t(`takeOnVerdict.${one.word === 'taken-on' ? 'unmatched' : one.word}`)}
              </Table.Td>
              <Table.Td data-label={t('field.reason')}>{whyOf(one)}</Table.Td>
              <Table.Td data-label={t('field.at')}>
                {one.field !== undefined && <code>{one.field}</code>}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {odd.length > shown && (
        <Text size="sm" c="dimmed">
          {t('import.more', { count: odd.length - shown })}
        </Text>
      )}
    </>
  );
}
