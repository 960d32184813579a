import type { FeaturesRun } from '@kizashi/server/workspaces/features';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/use-format.ts';
import { useLanguage } from '../../../app/use-language.ts';
import { BarList } from '../../../charts/BarList.tsx';
import { ChartFrame } from '../../../charts/ChartFrame.tsx';
import type { ChartTable } from '../../../charts/chart-table.ts';
import { durationText } from '../../../ui/duration-text.ts';

/** Where the computing time of a run goes, the most first. */
export function RunTimings({ run }: { readonly run: FeaturesRun }) {
  const { t } = useTranslation('features');
  const format = useFormat();
  const language = useLanguage();
  const timings = useMemo(
    () => Object.entries(run.timings).sort(([, a], [, b]) => b - a),
    [run.timings],
  );
  const total = timings.reduce((sum, [, ms]) => sum + ms, 0);
  const share = (ms: number) => (total === 0 ? 0 : ms / total);
  const table: ChartTable = {
    columns: [
      { key: 'set', title: t('timings.set'), text: String, numeric: false },
      {
        key: 'ms',
        title: t('timings.time'),
        text: (cell) => durationText(Number(cell), language),
        numeric: true,
      },
      {
        key: 'share',
        title: t('timings.share'),
        text: (cell) => format.percent(Number(cell)),
        numeric: true,
      },
    ],
    rows: timings.map(([set, ms]) => [set, ms, share(ms)]),
  };
  if (timings.length === 0) return null;
  return (
    <ChartFrame
      title={t('timings.title')}
      description={t('timings.text', { total: durationText(total, language) })}
      table={table}
      fileName={`run-${run.id}-timings`}
      height={460}
    >
      {() => (
        <BarList
          label={t('timings.title')}
          bars={timings.map(([set, ms]) => ({
            key: set,
            label: set,
            size: ms,
            value: durationText(ms, language),
            note: format.percent(share(ms), 0),
          }))}
        />
      )}
    </ChartFrame>
  );
}
