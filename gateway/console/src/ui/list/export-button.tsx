import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { toCsv } from './csv.js';
import { download } from './download.js';
import type { Column, PageOfItems } from './column.js';

interface Props<T> {
  readonly name: string;
  readonly columns: readonly Column<T>[];
  readonly read: (cursor: string | undefined) => Promise<PageOfItems<T>>;
}

/** Pages of one export: what is longer is for the API. */
const mostPages = 200;

/** Everything that the filter of a list shows, as a file for a spreadsheet. */
export function ExportButton<T>({ name, columns, read }: Props<T>) {
  const { t } = useTranslation();
  const exporting = useMutation({
    mutationFn: async () => {
      const rows: string[][] = [columns.map((column) => t(`field.${column.name}`))];
      let cursor: string | undefined;
      for (let page = 0; page < mostPages; page++) {
        const { items, next } = await read(cursor);
        rows.push(...items.map((item) => columns.map((column) => column.text(item))));
        if (next === undefined) break;
        cursor = next;
      }
      download(`${name}.csv`, toCsv(rows), 'text/csv');
    },
  });
  return (
    <Button
      variant="default"
      size="xs"
      loading={exporting.isPending}
      onClick={() => {
        exporting.mutate();
      }}
    >
      {exporting.isError ? t('ui.exportFailed') : t('ui.export')}
    </Button>
  );
}
