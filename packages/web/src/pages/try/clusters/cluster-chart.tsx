import { Select } from '@mantine/core';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localeOf } from '../../../app/i18n.ts';
import { BarList } from '../../../charts/BarList.tsx';
import { Chart } from '../../../charts/Chart.tsx';
import { ChartFrame } from '../../../charts/ChartFrame.tsx';
import type { ChartTable } from '../../../charts/chart-table.ts';
import { chartTip } from '../../../charts/chart-tip.ts';
import type { ChartHandle } from '../../../charts/EChart.tsx';
import { usePalette } from '../../../charts/use-palette.ts';
import { valueText } from '../../../ui/value-text.ts';
import { tableColumns } from '../table-columns.ts';
import type { ClusterFound } from './cluster-document.ts';
import { type ClusterPoint, clusterOption, groupTipLook } from './cluster-option.ts';

const HEIGHT = 420;
/** Columns that the box beside the pointer holds. */
const MOST_TOLD = 8;

/** Rows as points over two columns that can be chosen; over one column, the sizes of the groups. */
export function ClusterChart({
  found,
  stem,
}: {
  readonly found: ClusterFound;
  /** What the names of files begin with. */
  readonly stem: string;
}) {
  const { t, i18n } = useTranslation();
  const language = localeOf(i18n);
  const palette = usePalette();
  const picture = useRef<ChartHandle>(null);
  const { columns, clusters, sample } = found;
  const [chosen, setChosen] = useState({ x: columns[0] ?? '', y: columns[1] ?? '' });
  const { x, y } = chosen;
  const tip = useCallback(
    (point: ClusterPoint) => {
      const row = 'row' in point ? sample[point.row] : undefined;
      const group = clusters.find(
        ({ cluster }) => cluster === ('row' in point ? row?.cluster : point.cluster),
      );
      const name = t('try.cluster.groupName', { group: group?.cluster ?? '' });
      const id = row && found.rows.find(({ line }) => line === row.line)?.id;
      const place = row && (id ?? `${t('try.cluster.line')} ${row.line}`);
      const value = (column: string) =>
        row === undefined ? group?.centre[column] : row.values[columns.indexOf(column)];
      const shown = [x, y, ...columns.filter((column) => column !== x && column !== y)];
      return chartTip(
        place === undefined ? name : `${name} · ${place}`,
        shown.slice(0, MOST_TOLD).map((column) => ({
          look: groupTipLook(group?.cluster ?? 1),
          label: column,
          value: valueText(value(column) ?? null, language),
        })),
        palette,
      );
    },
    [found.rows, sample, clusters, columns, x, y, palette, language, t],
  );
  const option = useMemo(
    () => clusterOption({ found, x, y, palette, language, tip }),
    [found, x, y, palette, language, tip],
  );
  const title = t('try.cluster.chart');
  const column = tableColumns(language);
  const table: ChartTable = {
    columns: [
      column.number(0)('line', t('try.cluster.line')),
      column.number(0)('cluster', t('try.cluster.group')),
      ...columns.map((name) => column.value(name, name)),
    ],
    rows: sample.map(({ line, cluster, values }) => [line, cluster, ...values]),
  };
  if (columns.length < 2) {
    const bars = clusters.map(({ cluster, size, centre }) => ({
      key: String(cluster),
      label: t('try.cluster.groupName', { group: cluster }),
      size,
      value: valueText(size, language),
      note: `${x} ${valueText(centre[x] ?? null, language)}`,
    }));
    return (
      <ChartFrame title={title} table={table} fileName={`${stem}-groups`} height={HEIGHT}>
        {() => <BarList bars={bars} label={title} />}
      </ChartFrame>
    );
  }
  const axis = (which: 'x' | 'y') => (
    <Select
      size="xs"
      aria-label={t(`try.cluster.${which}`)}
      data={columns.filter((name) => name !== chosen[which === 'x' ? 'y' : 'x'])}
      value={chosen[which]}
      onChange={(name) => name !== null && setChosen({ ...chosen, [which]: name })}
      allowDeselect={false}
    />
  );
  return (
    <ChartFrame
      title={title}
      description={t('try.cluster.chartText', { count: sample.length })}
      table={table}
      fileName={`${stem}-groups`}
      height={HEIGHT}
      picture={picture}
      controls={
        <>
          {axis('x')}
          {axis('y')}
        </>
      }
    >
      {(numbers) => (
        <Chart
          option={option}
          label={t('try.cluster.chartLabel', { x, y, count: clusters.length })}
          height={HEIGHT}
          points={clusters.map(({ centre }) => centre[x] ?? 0)}
          describe={(i) => {
            const { cluster, size, centre } = clusters[i]!;
            return t('try.cluster.describe', {
              group: cluster,
              size: valueText(size, language),
              centre: columns
                .map((name) => `${name} ${valueText(centre[name] ?? null, language)}`)
                .join(', '),
            });
          }}
          handle={picture}
          fallback={numbers}
        />
      )}
    </ChartFrame>
  );
}
