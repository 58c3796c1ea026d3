import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../problem-note.js';
import type { PageOfItems } from './column.js';
import { ExportButton } from './export-button.js';
import { RecordTable } from './record-table.js';
import type { RecordTableProps } from './record-table.js';

interface Props<T> extends Omit<RecordTableProps<T>, 'items'> {
  readonly name: string;
  /** What the list depends on: another filter is another list. */
  readonly of: unknown;
  readonly read: (cursor: string | undefined) => Promise<PageOfItems<T>>;
  readonly empty?: string;
}

/** Every list that comes in pages: a table, more on demand, and everything that its filter shows as a file. */
export function RecordList<T>({ name, of, read, empty = 'ui.nothing', ...table }: Props<T>) {
  const { t } = useTranslation();
  const list = useInfiniteQuery({
    queryKey: ['list', name, of],
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  });
  if (list.isPending) return <Waiting />;
  if (list.isError) return <ProblemNote error={list.error} onAgain={list.refetch} />;
  const items = list.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <Text c="dimmed">{t(empty)}</Text>;
  return (
    <>
      <RecordTable items={items} {...table} />
      <Group mt="md" justify="space-between">
        <Text size="sm" c="dimmed" role="status">
          {t('ui.shown', { count: items.length })}
        </Text>
        <Group gap="xs">
          {list.hasNextPage && (
            <Button
              variant="default"
              size="xs"
              loading={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              {t('ui.more')}
            </Button>
          )}
          <ExportButton name={name} columns={table.columns} read={read} />
        </Group>
      </Group>
    </>
  );
}

function Waiting() {
  const { t } = useTranslation();
  return (
    <Stack gap="xs" role="status" aria-label={t('ui.loading')}>
      {[1, 2, 3, 4].map((line) => (
        <Skeleton key={line} height={34} />
      ))}
    </Stack>
  );
}
