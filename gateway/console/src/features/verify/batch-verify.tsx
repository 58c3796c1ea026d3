import { Button, Group, Progress, Table, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, content } from '../../api/client.js';
import { ApiProblem } from '../../api/problem.js';
import { useSentence } from '../../i18n/sentence.js';
import { FileDrop } from '../../ui/file-drop.js';
import { toCsv } from '../../ui/list/csv.js';
import { download } from '../../ui/list/download.js';
import { Section } from '../../ui/section.js';
import { StateBadge } from '../../ui/state-badge.js';
import { Money } from '../../ui/money.js';
import { readQuestions } from './read-questions.js';
import type { Asked } from './read-questions.js';
import type { Answer } from './question.js';

interface Row {
  readonly asked: Asked;
  readonly answer?: Answer;
  readonly fault?: ApiProblem;
}

/** Rows that are shown; all of them are in the file. */
const shownRows = 200;

/** A table of documents, each verified in turn: progress, a stop, and the verdicts as a file. */
export function BatchVerify() {
  const { t } = useTranslation();
  const sentence = useSentence();
  const [rows, setRows] = useState<readonly Row[]>([]);
  const [total, setTotal] = useState(0);
  const [fault, setFault] = useState<string>();
  const stopped = useRef(false);
  const isStopped = () => stopped.current;
  const run = async ([file]: readonly File[]) => {
    if (file === undefined) return;
    setFault(undefined);
    setRows([]);
    const read = readQuestions(await file.text());
    if (typeof read === 'string') {
      setFault(read);
      return;
    }
    stopped.current = false;
    setTotal(read.length);
    for (const asked of read) {
      if (isStopped()) break;
      const row = await ask(asked);
      setRows((before) => [...before, row]);
    }
  };
  const isRunning = rows.length < total && !stopped.current;
  const say = ({ answer, fault: problem }: Row) =>
    answer === undefined ? (problem === undefined ? '' : sentence(problem)) : t(`verify.${answer.result}`);
  return (
    <Section title={t('verify.many')}>
      <FileDrop hint="verify.manyHint" accept=".csv,text/csv" onFiles={(files) => void run(files)} />
      {fault !== undefined && (
        <Text role="alert" className="wrong" mt="sm">
          {t(fault)}
        </Text>
      )}
      {total > 0 && (
        <>
          <Progress value={(100 * rows.length) / total} mt="md" aria-label={t('file.progress')} />
          <Group my="sm" justify="space-between">
            <Text role="status">{t('file.done', { done: rows.length, total })}</Text>
            <Group gap="xs">
              {isRunning && (
                <Button
                  size="xs"
                  variant="default"
                  onClick={() => {
                    stopped.current = true;
                    setTotal(rows.length);
                  }}
                >
                  {t('file.stop')}
                </Button>
              )}
              <Button
                size="xs"
                variant="default"
                onClick={() => {
                  download('verifications.csv', toCsv(rows.map((row) => lineOf(row, say(row)))), 'text/csv');
                }}
              >
                {t('ui.export')}
              </Button>
            </Group>
          </Group>
          <Table className="records" aria-label={t('verify.many')}>
            <Table.Tbody>
              {rows.slice(0, shownRows).map((row) => (
                <Table.Tr key={row.asked.line}>
                  <Table.Td>
                    {t(`type.${row.asked.question.document.type}`)}{' '}
                    <code>{row.asked.question.document.number}</code>
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
        </>
      )}
    </Section>
  );
}

async function ask(asked: Asked): Promise<Row> {
  try {
    return { asked, answer: await content(api.POST('/verifications', { body: asked.question })) };
  } catch (error) {
    return {
      asked,
      fault:
        error instanceof ApiProblem ? error : new ApiProblem({ code: 'NETWORK_UNAVAILABLE' }, 503, undefined),
    };
  }
}

function lineOf({ asked: { question }, answer }: Row, said: string): string[] {
  const left = answer?.remaining;
  return [question.document.type, question.document.number, said, left?.amount ?? '', left?.currency ?? ''];
}
