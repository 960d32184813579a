import { Button, Center, Table, UnstyledButton } from '@mantine/core';
import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  sortFn_text,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { memo, type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './icons.tsx';

export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** Makes the column sortable by this value. Only for lists that are loaded as a whole. */
  readonly sortBy?: (row: Row) => string | number;
  readonly align?: 'left' | 'right';
  /** Left out on a phone, where there is room for what identifies a row and what can be done with it. */
  readonly secondary?: boolean;
  /** The header is read out but not shown: a column of buttons. */
  readonly hiddenHeader?: boolean;
}

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { text: sortFn_text },
});

/** A list as a table, scrolling sideways inside itself where it is too wide. */
export function DataTable<Row>({
  label,
  columns,
  rows,
  rowKey,
  rowsAtOnce = Number.POSITIVE_INFINITY,
}: {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Of a list that is loaded as a whole: how many rows are shown at first, and more with each press of a button. */
  rowsAtOnce?: number;
}) {
  const { t } = useTranslation();
  const [pages, setPages] = useState(1);
  const shown = pages * rowsAtOnce;
  const definitions = useMemo(() => {
    const helper = createColumnHelper<typeof features, Row & object>();
    const sortable = columns.filter(({ sortBy }) => sortBy !== undefined);
    return helper.columns(
      sortable.map(({ id, sortBy }) => helper.accessor((row) => sortBy!(row), { id })),
    );
  }, [columns]);
  const table = useTable({
    features,
    columns: definitions,
    data: rows as readonly (Row & object)[],
    getRowId: rowKey,
  });
  return (
    // Reachable by keyboard, since a wide table scrolls sideways on a phone.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className="kz-scroll" aria-label={label} tabIndex={0}>
      <Table aria-label={label} highlightOnHover className="kz-table">
        <Table.Thead>
          <Table.Tr>
            {columns.map((column) => {
              const sorting = column.sortBy && table.getColumn(column.id);
              return (
                <HeaderCell
                  key={column.id}
                  column={column}
                  sorted={sorting?.getIsSorted() ?? false}
                  onSort={sorting?.getToggleSortingHandler()}
                />
              );
            })}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {table
            .getRowModel()
            .rows.slice(0, shown)
            .map((row) => (
              <Row key={row.id} columns={columns} row={row.original} />
            ))}
        </Table.Tbody>
      </Table>
      {rows.length > shown && (
        <Center mt="sm">
          <Button variant="default" size="xs" onClick={() => setPages(pages + 1)}>
            {t('list.more')}
          </Button>
        </Center>
      )}
    </section>
  );
}

/** Drawn again only when its own content changed: of a list that is kept up to date, few rows change at a time. */
const Row = memo(function Row<Content>({
  columns,
  row,
}: {
  columns: readonly Column<Content>[];
  row: Content;
}) {
  return (
    <Table.Tr>
      {columns.map((column) => (
        // Called, not mounted as a component: a new function on each render would lose the state inside.
        <Table.Td key={column.id} {...cellLook(column)}>
          {column.cell(row)}
        </Table.Td>
      ))}
    </Table.Tr>
  );
}) as <Content>(props: { columns: readonly Column<Content>[]; row: Content }) => ReactNode;

function cellLook<Row>({ align = 'left', secondary }: Column<Row>) {
  return { ta: align, ...(secondary && { visibleFrom: 'sm' as const }) };
}

function HeaderCell<Row>({
  column,
  sorted,
  onSort,
}: {
  column: Column<Row>;
  sorted: false | 'asc' | 'desc';
  onSort: ((event: unknown) => void) | undefined;
}) {
  const order = sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : 'none';
  const text = column.hiddenHeader ? (
    <span className="kz-unseen">{column.header}</span>
  ) : (
    column.header
  );
  return (
    <Table.Th scope="col" {...cellLook(column)} aria-sort={onSort && order}>
      {onSort === undefined ? (
        text
      ) : (
        <UnstyledButton className="kz-sort" onClick={onSort}>
          {text}
          <Icon name="chevronDown" size={13} data-sorted={sorted || 'no'} />
        </UnstyledButton>
      )}
    </Table.Th>
  );
}
