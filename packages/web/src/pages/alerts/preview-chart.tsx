import { Spoiler, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/use-format.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import type { FigureUnit } from '../../ui/figure-text.ts';
import { StateBadge } from '../../ui/state-badge.tsx';
import { Empty } from '../../ui/states.tsx';
import { type PreviewPoint, previewShape } from './preview-shape.ts';

const HEIGHT = 180;
const MARGIN = { left: 64, right: 12, top: 10, bottom: 22 };

/** Values, what was allowed, and a mark where the rule fires; the same as a table below. */
export function PreviewChart({
  points,
  bucket,
  unit,
  marked,
}: {
  points: readonly PreviewPoint[];
  bucket: 'day' | 'week' | 'month';
  unit: FigureUnit;
  /** Bucket to point out. */
  marked?: string;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { ref, width: measured } = useElementSize();
  const width = Math.max(200, measured || 640);
  if (points.length === 0) return <Empty icon="info" title={t('rule.noData')} />;
  const shape = previewShape(points, {
    width: width - MARGIN.left - MARGIN.right,
    height: HEIGHT - MARGIN.top - MARGIN.bottom,
  });
  const fired = points.filter((point) => point.fires).length;
  const day = (point: PreviewPoint) =>
    bucket === 'month' ? format.month(point.t) : format.dayShort(point.t);
  const summary = t('rule.wouldFire', { count: fired, of: points.length });
  const last = points.length - 1;
  return (
    <div>
      <div ref={ref}>
        <svg
          className="kz-preview"
          width="100%"
          height={HEIGHT}
          viewBox={`0 0 ${width} ${HEIGHT}`}
          role="img"
          aria-label={summary}
        >
          <g transform={`translate(${MARGIN.left} ${MARGIN.top})`}>
            {[shape.low, (shape.low + shape.high) / 2, shape.high].map((value) => (
              <g key={value} transform={`translate(0 ${shape.y(value)})`}>
                <line x2={width - MARGIN.left - MARGIN.right} className="kz-preview-grid" />
                <text x={-8} dy="0.32em" textAnchor="end">
                  {format.value(unit, value, 'compact')}
                </text>
              </g>
            ))}
            {shape.band !== '' && <path d={shape.band} className="kz-preview-band" />}
            {shape.limits.map((limit) => (
              <line
                key={limit}
                y1={shape.y(limit)}
                y2={shape.y(limit)}
                x2={width - MARGIN.left - MARGIN.right}
                className="kz-preview-limit"
              />
            ))}
            <path d={shape.line} className="kz-preview-line" />
            {points.map(
              (point, index) =>
                point.y !== null &&
                (point.fires || point.t === marked) && (
                  <circle
                    key={point.t}
                    cx={shape.x(index)}
                    cy={shape.y(point.y)}
                    r={point.t === marked ? 6 : 4.5}
                    className={point.fires ? 'kz-preview-fire' : 'kz-preview-mark'}
                  >
                    <title>{`${format.day(point.t)}: ${format.value(unit, point.y)}`}</title>
                  </circle>
                ),
            )}
            <text y={HEIGHT - MARGIN.top - 4}>{day(points[0]!)}</text>
            <text x={shape.x(last)} y={HEIGHT - MARGIN.top - 4} textAnchor="end">
              {day(points[last]!)}
            </text>
          </g>
        </svg>
      </div>
      <Text size="sm" c="dimmed" mb="xs" role="status">
        {summary}
      </Text>
      <Spoiler maxHeight={0} showLabel={t('rule.showTable')} hideLabel={t('rule.hideTable')}>
        <PreviewTable points={points} bucket={bucket} unit={unit} />
      </Spoiler>
    </div>
  );
}

function PreviewTable({
  points,
  bucket,
  unit,
}: {
  points: readonly PreviewPoint[];
  bucket: 'day' | 'week' | 'month';
  unit: FigureUnit;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const columns: Column<PreviewPoint>[] = [
    {
      id: 't',
      header: t(`bucket.${bucket}`),
      cell: (point) => (bucket === 'month' ? format.month(point.t) : format.day(point.t)),
    },
    {
      id: 'y',
      header: t('rule.value'),
      align: 'right',
      cell: (point) => format.value(unit, point.y),
    },
    {
      id: 'lower',
      header: t('rule.lower'),
      align: 'right',
      cell: (point) => format.value(unit, point.lower),
    },
    {
      id: 'upper',
      header: t('rule.upper'),
      align: 'right',
      cell: (point) => format.value(unit, point.upper),
    },
    {
      id: 'fires',
      header: t('rule.fires'),
      cell: (point) => point.fires && <StateBadge tone="bad">{t('rule.fires')}</StateBadge>,
    },
  ];
  return (
    <DataTable
      label={t('rule.preview')}
      columns={columns}
      rows={[...points].reverse()}
      rowKey={(point) => point.t}
    />
  );
}
