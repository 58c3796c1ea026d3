import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Column } from './column.js';

export interface RecordTableProps<T> {
  readonly items: readonly T[];
  readonly columns: readonly Column<T>[];
  readonly keyOf: (item: T) => string;
  readonly addressOf?: (item: T) => string;
  readonly caption: string;
  /** Buttons at the end of a row. */
  readonly actions?: (item: T) => ReactNode;
}

/** Records as a table, which becomes cards on a phone. */
export function RecordTable<T>(props: RecordTableProps<T>) {
  const { items, columns, keyOf, caption, actions } = props;
  const { t } = useTranslation();
  return (
    <Table.ScrollContainer minWidth={0}>
      <Table className="records" verticalSpacing="xs" highlightOnHover aria-label={t(caption)}>
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ name, isNumber = false }) => (
              <Table.Th key={name} scope="col" {...(isNumber && { className: 'numeric' })}>
                {t(`field.${name}`)}
              </Table.Th>
            ))}
            {actions !== undefined && <Table.Th scope="col">{t('ui.actions')}</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((item) => (
            <Row key={keyOf(item)} item={item} {...props} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Row<T>({
  item,
  columns,
  addressOf,
  actions,
}: { readonly item: T } & Pick<RecordTableProps<T>, 'columns' | 'addressOf' | 'actions'>) {
  const { t } = useTranslation();
  return (
    <Table.Tr>
      {columns.map(({ name, isNumber = false, show }, place) => (
        <Table.Td key={name} data-label={t(`field.${name}`)} {...(isNumber && { className: 'numeric' })}>
          {place === 0 && addressOf !== undefined ? (
            <Link to={addressOf(item)}>{show(item)}</Link>
          ) : (
            show(item)
          )}
        </Table.Td>
      ))}
      {actions !== undefined && <Table.Td>{actions(item)}</Table.Td>}
    </Table.Tr>
  );
}
