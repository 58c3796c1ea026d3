import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ExportButton } from './export-button.js';
import { RecordTable } from './record-table.js';
import type { RecordTableProps } from './record-table.js';

interface Props<T> extends RecordTableProps<T> {
  /** Of the file that the list is taken along as. */
  readonly name: string;
  readonly empty?: string;
}

/** A list that is here as a whole, with a way to take it along. */
export function WholeList<T>({ name, empty = 'ui.nothing', ...table }: Props<T>) {
  const { t } = useTranslation();
  const { items, columns } = table;
  if (items.length === 0) return <Text c="dimmed">{t(empty)}</Text>;
  return (
    <>
      <RecordTable {...table} />
      <Group mt="md" justify="flex-end">
        <ExportButton name={name} columns={columns} read={() => Promise.resolve({ items: [...items] })} />
      </Group>
    </>
  );
}
