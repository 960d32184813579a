import type { ImportMapping, importPreviewSchema, Upload } from '@kizashi/server/workspaces/sales';
import { ScrollArea, Table, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { localeOf } from '../../../app/i18n.ts';
import { useFormat } from '../../../app/use-format.ts';
import { MISSING } from '../../../ui/figure-text.ts';
import { createFormat } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icons.tsx';
import classes from './import.module.css';
import { useRowErrorText } from './use-row-error-text.ts';

type Row = z.infer<typeof importPreviewSchema>['rows'][number];
type Cell = Row['values'][number];

/** The first rows as they will be stored; what is wrong stands in the cell it is wrong in. */
export function PreviewTable({
  rows,
  upload,
  mapping,
}: {
  readonly rows: readonly Row[];
  readonly upload: Upload;
  readonly mapping: ImportMapping;
}) {
  const { t } = useTranslation('sales');
  const errorText = useRowErrorText();
  const cellText = useCellText(mapping);
  const columns = upload.columns.filter(({ index }) => mapping.columns[index]?.field !== 'ignore');
  const bad = rows.filter((row) => row.errors.length > 0).length;
  const names = new Set(columns.map(({ name }) => name));
  return (
    <>
      <Text size="sm" mb="xs" role="status" {...(bad === 0 && { c: 'dimmed' })}>
        {bad === 0 ? t('import.preview.ok') : t('import.preview.bad', { count: bad })}
      </Text>
      <ScrollArea.Autosize
        mah={380}
        viewportProps={{
          tabIndex: 0,
          role: 'region',
          'aria-label': t('import.preview.title'),
        }}
      >
        <Table stickyHeader aria-label={t('import.preview.title')} verticalSpacing={5} tabularNums>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col" ta="right">
                {t('import.preview.line')}
              </Table.Th>
              {columns.map(({ index, name }) => (
                <Table.Th key={index} scope="col">
                  {t(`import.check.fields.${mapping.columns[index]!.field}`)}
                  <Text size="xs" c="dimmed" fw={400}>
                    {name}
                  </Text>
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={row.line}>
                <Table.Th scope="row" ta="right" fw={400}>
                  {row.line}
                  {row.errors
                    .filter(({ column }) => column === null || !names.has(column))
                    .map(({ code }) => (
                      <Reason key={code} text={errorText(code)} />
                    ))}
                </Table.Th>
                {columns.map(({ index, name }) => {
                  const errors = row.errors.filter(({ column }) => column === name);
                  return (
                    <Table.Td
                      key={index}
                      className={`${classes.cell} ${errors.length > 0 ? classes.bad : ''}`}
                    >
                      {row.errors.length > 0
                        ? asWritten(row.values[index] ?? null)
                        : cellText(row.values[index] ?? null, index)}
                      {errors.map(({ code }) => (
                        <Reason key={code} text={errorText(code)} />
                      ))}
                    </Table.Td>
                  );
                })}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
    </>
  );
}

function Reason({ text }: { readonly text: string }) {
  const { t } = useTranslation('sales');
  return (
    <span className={classes.reason}>
      <Icon name="alert" size={13} />
      {t('import.preview.badCell', { reason: text })}
    </span>
  );
}

/** Cells of a row that will not be stored: browsers would read a 30 February as 2 March. */
function asWritten(cell: Cell): string {
  return cell === null || cell === '' ? MISSING : String(cell);
}

const LOCAL_DAY = /^\d{4}-\d\d-\d\d$/;

/** Cells as they are stored: times in the zone of the file, money in its currency, missing ones as a dash. */
function useCellText(mapping: ImportMapping): (cell: Cell, column: number) => string {
  const { i18n } = useTranslation();
  const format = useFormat();
  const { timeZone, currency } = mapping;
  const ofFile = useMemo(
    () => createFormat({ locale: localeOf(i18n), timeZone, currency }),
    [i18n, timeZone, currency],
  );
  return (cell, column) => {
    const field = mapping.columns[column]?.field;
    if (field === 'time' && typeof cell === 'string') {
      if (LOCAL_DAY.test(cell)) return ofFile.day(cell);
      const instant = Date.parse(cell);
      return Number.isNaN(instant) ? asWritten(cell) : ofFile.dateTime(instant);
    }
    if (typeof cell !== 'number') return asWritten(cell);
    return field === 'unitPrice' || field === 'amount'
      ? ofFile.money(cell)
      : format.number(cell, 4);
  };
}
