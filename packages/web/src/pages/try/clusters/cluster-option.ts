import type { Look } from '../../../charts/chart-tip.ts';
import type { ChartOption } from '../../../charts/echarts.ts';
import type { Palette } from '../../../charts/palette.ts';
import { axisText, type Language } from '../../../ui/figure-text.ts';
import type { ClusterFound } from './cluster-document.ts';

const FONT = "'Inter Variable', 'Noto Sans JP Variable', sans-serif";
/** A group has a shape and a colour of its own; with more groups than these, shapes and colours come in other pairs. */
const shapes = ['circle', 'triangle', 'diamond', 'rect', 'pin'] as const;
const colours = ['actual', 'forecast', 'alarm', 'previous'] as const;

/** The same colour, by the name that a chart's tip knows it by. */
export function groupTipLook(cluster: number): Look {
  const colour = colours[(cluster - 1) % colours.length]!;
  return colour === 'alarm' ? 'mark' : colour;
}

export interface GroupLook {
  readonly shape: (typeof shapes)[number];
  readonly colour: string;
}

export function groupLook(cluster: number, palette: Palette): GroupLook {
  const i = cluster - 1;
  return {
    shape: shapes[i % shapes.length]!,
    colour: palette[colours[i % colours.length]!],
  };
}

export type ClusterPoint = { readonly row: number } | { readonly cluster: number };

/** Rows as points over two of the columns, and the centres of their groups. Depends on its input alone; nothing moves. */
export function clusterOption({
  found,
  x,
  y,
  palette,
  language,
  tip,
}: {
  readonly found: Pick<ClusterFound, 'columns' | 'clusters' | 'sample'>;
  /** Names of columns. */
  readonly x: string;
  readonly y: string;
  readonly palette: Palette;
  readonly language: Language;
  /** What stands beside the point under the pointer: a row by its place in the sample, or a group. */
  readonly tip: (point: ClusterPoint) => HTMLElement;
}): ChartOption {
  const { columns, clusters, sample } = found;
  const [across, up] = [columns.indexOf(x), columns.indexOf(y)];
  const number = { unit: 'number' as const, currency: '', language };
  const axis = (name: string) => ({
    type: 'value' as const,
    scale: true,
    name,
    nameLocation: 'middle' as const,
    nameGap: 30,
    nameTextStyle: { color: palette.text },
    axisLabel: {
      color: palette.text,
      hideOverlap: true,
      formatter: (value: number) => axisText(value, number),
    },
    axisLine: { lineStyle: { color: palette.grid } },
    splitLine: { lineStyle: { color: palette.grid } },
  });
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    grid: { left: 24, right: 24, top: 16, bottom: 24, outerBoundsMode: 'same' },
    tooltip: {
      trigger: 'item',
      confine: true,
      formatter: (params) => {
        const { seriesId = '', value } = (Array.isArray(params) ? params[0] : params) ?? {};
        const [kind, cluster] = seriesId.split('-');
        return tip(
          kind === 'rows' ? { row: Number((value as unknown[])[2]) } : { cluster: Number(cluster) },
        );
      },
      backgroundColor: palette.surface,
      borderColor: palette.grid,
      textStyle: { color: palette.text },
    },
    xAxis: axis(x),
    yAxis: axis(y),
    // Points are lines without a line: the drawing library is not made larger for one chart.
    series: clusters.flatMap(({ cluster, centre }) => {
      const { shape, colour } = groupLook(cluster, palette);
      const points = {
        type: 'line' as const,
        symbol: shape,
        showSymbol: true,
        showAllSymbol: true,
        lineStyle: { width: 0 },
        emphasis: { disabled: true },
      };
      return [
        {
          ...points,
          id: `rows-${cluster}`,
          symbolSize: 7,
          itemStyle: { color: colour, opacity: 0.55 },
          data: sample.flatMap(({ values, cluster: own }, row) =>
            own === cluster ? [[values[across] ?? null, values[up] ?? null, row]] : [],
          ),
        },
        {
          ...points,
          id: `centre-${cluster}`,
          z: 4,
          symbolSize: 24,
          itemStyle: { color: colour, borderColor: palette.surface, borderWidth: 2 },
          label: {
            show: true,
            formatter: String(cluster),
            position: 'inside' as const,
            color: palette.surface,
            fontWeight: 'bold' as const,
          },
          data: [[centre[x] ?? null, centre[y] ?? null]],
        },
      ];
    }),
  };
}
