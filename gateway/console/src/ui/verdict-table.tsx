import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSentence } from '../i18n/sentence.js';
import { RecordTable } from './list/record-table.js';

/** Lines that are shown; all of them are in the file. */
const shown = 100;

/** What is known of any line of a file that a person has to look at. */
export interface LineVerdict {
  readonly index: number;
  readonly line?: number | undefined;
  readonly file?: string | undefined;
  readonly code?: string | undefined;
  readonly detail?: string | undefined;
  readonly field?: string | undefined;
}

interface Props<V extends LineVerdict> {
  readonly of: readonly V[];
  readonly caption: string;
  /** What else is known of a line, between its place and the reason. */
  readonly more?: readonly { readonly name: string; readonly show: (verdict: V) => ReactNode }[];
  /** The reason, where it is not the sentence of the code. */
  readonly whyOf?: (verdict: V) => string | undefined;
}

/** Lines of a file: where each stands, what became of it, why, and in which of its columns. */
export function VerdictTable<V extends LineVerdict>({ of, caption, more = [], whyOf }: Props<V>) {
  const { t } = useTranslation();
  const sentence = useSentence();
  if (of.length === 0) return null;
  const why = (verdict: V) => {
    const { code, detail = '' } = verdict;
    return whyOf?.(verdict) ?? (code === undefined ? '' : sentence({ code, title: '', detail }));
  };
  const columns = [
    { name: 'line', show: ({ file = '', line, index }: V) => `${file} ${line ?? index + 1}`.trim() },
    ...more,
    { name: 'reason', show: why },
    { name: 'column', show: ({ field }: V) => field !== undefined && <code>{field}</code> },
  ];
  return (
    <>
      <RecordTable
        items={of.slice(0, shown)}
        // The file has its own columns: these are for reading.
        columns={columns.map((column) => ({ ...column, text: () => '' }))}
        keyOf={({ index }) => String(index)}
        caption={caption}
      />
      {of.length > shown && (
        <Text size="sm" c="dimmed">
          {t('import.more', { count: of.length - shown })}
        </Text>
      )}
    </>
  );
}
