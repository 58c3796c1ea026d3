import { Button, Group, Progress, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { paperFiles } from '../../api/read-papers.js';
import { useSentence } from '../../i18n/sentence.js';
import { FileDrop } from '../../ui/file-drop.js';
import { toCsv } from '../../ui/list/csv.js';
import { download } from '../../ui/list/download.js';
import { Money } from '../../ui/money.js';
import { PrintedNumber } from '../../ui/printed-number.js';
import { ProblemNote } from '../../ui/problem-note.js';
import { Section } from '../../ui/section.js';
import { StateBadge } from '../../ui/state-badge.js';
import { useBatch } from './use-batch.js';
import type { Row } from './use-batch.js';

/** Rows that are shown; all of them are in the file. */
const shownRows = 200;

/** A table of documents, each verified in turn: progress, a stop, and the verdicts as a file. */
export function BatchVerify() {
  const { t } = useTranslation();
  const say = useVerdict();
  const { rows, total, isRunning, fault, run, stop } = useBatch();
  const take = () => {
    download('verifications.csv', toCsv(rows.map((row) => lineOf(row, say(row)))), 'text/csv');
  };
  return (
    <Section title={t('verify.many')}>
      <FileDrop hint="verify.manyHint" accept={paperFiles} onFiles={(files) => void run(files)} />
      {typeof fault === 'string' && (
        <Text role="alert" className="wrong" mt="sm">
          {t(fault)}
        </Text>
      )}
      {fault instanceof Error && <ProblemNote error={fault} />}
      {total > 0 && (
        <>
          <Progress value={(100 * rows.length) / total} mt="md" aria-label={t('file.progress')} />
          <Group my="sm" justify="space-between">
            <Text role="status">{t('file.done', { done: rows.length, total })}</Text>
            <Group gap="xs">
              {isRunning && (
                <Button size="xs" variant="default" onClick={stop}>
                  {t('file.stop')}
                </Button>
              )}
              <Button size="xs" variant="default" onClick={take}>
                {t('ui.export')}
              </Button>
            </Group>
          </Group>
          <Verdicts rows={rows.slice(0, shownRows)} />
        </>
      )}
    </Section>
  );
}

function Verdicts({ rows }: { readonly rows: readonly Row[] }) {
  const { t } = useTranslation();
  const say = useVerdict();
  return (
    <Table className="records" aria-label={t('verify.many')}>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row.asked.line}>
            <Table.Td>
              {t(`type.${row.asked.question.document.type}`)}{' '}
              <code>{row.asked.question.document.number}</code>{' '}
              <PrintedNumber value={row.answer?.printedNumber} />
            </Table.Td>
            <Table.Td>
              {row.answer === undefined ? say(row) : <StateBadge state={row.answer.result} />}
            </Table.Td>
            <Table.Td className="numeric">
              {row.answer?.remaining !== undefined && <Money value={row.answer.remaining} />}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** What the registry says of a row, in words. */
function useVerdict(): (row: Row) => string {
  const { t } = useTranslation();
  const sentence = useSentence();
  return ({ answer, fault }) =>
    answer === undefined ? (fault === undefined ? '' : sentence(fault)) : t(`verify.${answer.result}`);
}

function lineOf({ asked: { question }, answer }: Row, said: string): string[] {
  const left = answer?.remaining;
  return [question.document.type, question.document.number, said, left?.amount ?? '', left?.currency ?? ''];
}
