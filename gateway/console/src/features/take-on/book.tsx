import { Button, Group, Progress, SegmentedControl, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOwn } from '../../session/session.js';
import { FileDrop } from '../../ui/file-drop.js';
import { toCsv } from '../../ui/list/csv.js';
import { download } from '../../ui/list/download.js';
import { ProblemNote } from '../../ui/problem-note.js';
import { Section } from '../../ui/section.js';
import { VerdictTable } from '../../ui/verdict-table.js';
import { BookTotals } from './book-totals.js';
import type { Doing, LineVerdict } from './use-book.js';
import { useBook } from './use-book.js';

/** A bank's book: tried by who prepares it, taken on by an approver. */
export function Book() {
  const { t } = useTranslation();
  const { may } = useOwn();
  const [doing, setDoing] = useState<Doing>('dry-run');
  const { state, verdicts, totals, error, start, stop } = useBook();
  const isRunning = state === 'running';
  return (
    <Section title={t('takeOn.book')}>
      <Group mb="sm" justify="space-between">
        {may.includes('takeOn') && (
          <SegmentedControl
            // Halfway from one colour to another it cannot be read.
            transitionDuration={0}
            value={doing}
            onChange={(value) => {
              setDoing(value === 'bring' ? 'bring' : 'dry-run');
            }}
            data={(['dry-run', 'bring'] as const).map((value) => ({
              value,
              label: t(`takeOn.doing.${value}`),
            }))}
          />
        )}
        <Templates />
      </Group>
      <FileDrop
        hint={`takeOn.hint.${doing}`}
        accept=".csv,.xlsx,.ndjson"
        onFiles={([file]) => {
          if (!isRunning && file !== undefined) void start(file, doing);
        }}
      />
      {error !== undefined && <ProblemNote error={error} />}
      {state !== 'idle' && (
        <>
          <BookProgress state={state} verdicts={verdicts} onStop={stop} />
          <BookTotals totals={totals} />
          <Odd verdicts={verdicts} />
        </>
      )}
    </Section>
  );
}

const unremarkable: ReadonlySet<string> = new Set(['found', 'taken-on']);

/** The lines of a book that a person has to look at. */
function Odd({ verdicts }: { readonly verdicts: readonly LineVerdict[] }) {
  const { t } = useTranslation();
  const isOdd = ({ word, unmatched = 0 }: LineVerdict) => !unremarkable.has(word) || unmatched > 0;
  return (
    <VerdictTable
      of={verdicts.filter(isOdd)}
      caption="takeOn.odd"
      more={[
        { name: 'applicationNumber', show: ({ reference = '' }) => <code>{reference}</code> },
        {
          name: 'verdict',
          show: ({ word }) => t(`takeOnVerdict.${word === 'taken-on' ? 'unmatched' : word}`),
        },
      ]}
      whyOf={({ looksLike }) =>
        looksLike === undefined ? undefined : t('takeOn.looksLike', { line: looksLike })
      }
    />
  );
}

/** Empty books to fill in, in both languages. */
function Templates() {
  const { t } = useTranslation();
  return (
    <Group gap="xs">
      {(['zh', 'en'] as const).map((language) => (
        <Button
          key={language}
          component="a"
          href={`/api/v1/take-on/template?language=${language}`}
          variant="subtle"
          size="xs"
          download
        >
          {t(`takeOn.template.${language}`)}
        </Button>
      ))}
    </Group>
  );
}

interface Running {
  readonly state: ReturnType<typeof useBook>['state'];
  readonly verdicts: readonly LineVerdict[];
  readonly onStop: () => void;
}

/** How far the book is, and its verdicts as a file once it is through. */
function BookProgress({ state, verdicts, onStop }: Running) {
  const { t } = useTranslation();
  const isRunning = state === 'running';
  return (
    <>
      <Progress my="sm" value={100} animated={isRunning} aria-label={t('file.progress')} />
      <Group justify="space-between">
        <Text role="status">{t(`takeOn.${state}`, { count: verdicts.length })}</Text>
        <Group gap="xs">
          {isRunning && (
            <Button size="xs" variant="default" onClick={onStop}>
              {t('file.stop')}
            </Button>
          )}
          {verdicts.length > 0 && !isRunning && (
            <Button
              size="xs"
              variant="default"
              onClick={() => {
                download('take-on.csv', toCsv([columns, ...verdicts.map(cellsOf)]), 'text/csv');
              }}
            >
              {t('takeOn.file')}
            </Button>
          )}
        </Group>
      </Group>
    </>
  );
}

const columns = ['line', 'reference', 'verdict', 'code', 'field', 'detail', 'looksLike'];

function cellsOf({ line, reference, word, code, field, detail, looksLike }: LineVerdict): string[] {
  return [line, reference, word, code, field, detail, looksLike].map((cell) => String(cell ?? ''));
}
