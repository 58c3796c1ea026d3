import { Button, Group, Skeleton, Stack, Table, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ProblemNote } from '../problem-note.js';
import type { Column, PageOfItems } from './column.js';
import { ExportButton } from './export-button.js';

interface Props<T> {
  readonly name: string;
  /** What the list depends on: another filter is another list. */
  readonly of: unknown;
  readonly read: (cursor: string | undefined) => Promise<PageOfItems<T>>;
  readonly columns: readonly Column<T>[];
  readonly keyOf: (item: T) => string;
  readonly addressOf?: (item: T) => string;
  readonly caption: string;
  readonly empty?: string;
  /** Buttons at the end of a row. */
  readonly actions?: (item: T) => ReactNode;
}

/** Every list: a table that becomes cards on a phone, more on demand, and what is shown as a file. */
export function RecordList<T>({
  name,
  of,
  read,
  columns,
  keyOf,
  addressOf,
  caption,
  empty,
  actions,
}: Props<T>) {
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
  if (items.length === 0) return <Text c="dimmed">{t(empty ?? 'ui.nothing')}</Text>;
  return (
    <>
      <Table.ScrollContainer minWidth={0}>
        <Table className="records" verticalSpacing="xs" highlightOnHover aria-label={t(caption)}>
          <Table.Thead>
            <Table.Tr>
              {columns.map((column) => (
                <Table.Th
                  key={column.name}
                  scope="col"
                  {...(column.isNumber === true && { className: 'numeric' })}
                >
                  {t(`field.${column.name}`)}
                </Table.Th>
              ))}
              {actions !== undefined && <Table.Th scope="col">{t('ui.actions')}</Table.Th>}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {items.map((item) => (
              <Table.Tr key={keyOf(item)}>
                {columns.map((column, place) => (
                  <Table.Td
                    key={column.name}
                    data-label={t(`field.${column.name}`)}
                    {...(column.isNumber === true && { className: 'numeric' })}
                  >
                    {place === 0 && addressOf !== undefined ? (
                      <Link to={addressOf(item)}>{column.show(item)}</Link>
                    ) : (
                      column.show(item)
                    )}
                  </Table.Td>
                ))}
                {actions !== undefined && <Table.Td>{actions(item)}</Table.Td>}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
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
          <ExportButton name={name} columns={columns} read={read} />
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
