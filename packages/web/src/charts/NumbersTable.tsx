import { Button, Center, ScrollArea, Table, UnstyledButton } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../ui/icons.tsx';
import classes from './Chart.module.css';
import { type ChartTable, type SortOrder, sortedRows } from './chart-table.ts';

/** A page can hold some thousand cells before it gets slow; the file has every row. */
const ROWS_AT_ONCE = 500;

/** The numbers of a chart as a table, sorted by a click on a heading. */
export function NumbersTable({
  table,
  label,
  maxHeight,
}: {
  readonly table: ChartTable;
  readonly label: string;
  /** In CSS pixels; a longer table scrolls. */
  readonly maxHeight: number;
}) {
  const { t, i18n } = useTranslation('charts');
  const [order, setOrder] = useState<SortOrder | null>(null);
  const [shown, setShown] = useState(ROWS_AT_ONCE);
  const rows = useMemo(
    () => sortedRows(table.rows, order, i18n.language),
    [table.rows, order, i18n.language],
  );
  return (
    <ScrollArea.Autosize
      mah={maxHeight}
      viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': label }}
    >
      <Table stickyHeader striped verticalSpacing={6} tabularNums aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            {table.columns.map((column, i) => (
              <Table.Th
                key={column.key}
                ta={column.numeric ? 'right' : 'left'}
                aria-sort={sortState(order, i)}
              >
                <UnstyledButton className="kz-sort" onClick={() => setOrder(nextOrder(order, i))}>
                  {column.title}
                  <Icon name="chevronDown" size={13} data-sorted={sortSign(order, i)} />
                </UnstyledButton>
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.slice(0, shown).map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: times may repeat, and rows have no state
            <Table.Tr key={i}>
              {table.columns.map((column, place) => (
                <Table.Td
                  key={column.key}
                  className={classes.cell}
                  ta={column.numeric ? 'right' : 'left'}
                >
                  {column.text(row[place] ?? null)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {rows.length > shown && (
        <Center p="xs">
          <Button variant="default" size="xs" onClick={() => setShown(shown + ROWS_AT_ONCE)}>
            {t('moreRows', { shown, total: rows.length })}
          </Button>
        </Center>
      )}
    </ScrollArea.Autosize>
  );
}

function nextOrder(order: SortOrder | null, column: number): SortOrder | null {
  if (order?.column !== column) return { column, descending: false };
  return order.descending ? null : { column, descending: true };
}

function sortState(order: SortOrder | null, column: number) {
  if (order?.column !== column) return 'none';
  return order.descending ? 'descending' : 'ascending';
}

function sortSign(order: SortOrder | null, column: number): string {
  if (order?.column !== column) return 'no';
  return order.descending ? 'desc' : 'asc';
}
