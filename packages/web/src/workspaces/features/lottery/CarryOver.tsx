import type { LotteryInsight } from '@kizashi/server/workspaces/features';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../app/use-language.ts';
import { ChartFrame } from '../../../charts/ChartFrame.tsx';
import type { ChartHandle } from '../../../charts/EChart.tsx';
import { valueText } from '../../../ui/value-text.ts';
import { Plot } from '../plot/Plot.tsx';
import { pointsTable } from '../series/points.ts';

const HEIGHT = 280;

/** The money that was carried over to the next draw. */
export function CarryOver({
  game,
  carryOver,
}: {
  readonly game: LotteryInsight;
  readonly carryOver: NonNullable<LotteryInsight['carryOver']>;
}) {
  const { t } = useTranslation('features');
  const language = useLanguage();
  const picture = useRef<ChartHandle>(null);
  const { timeKind } = game;
  const label = t('carryOver.line');
  const data = useMemo(
    () => ({
      x: carryOver.t,
      timeKind,
      panels: [{ id: 'carry-over', label, look: 'value' as const, y: carryOver.y }],
    }),
    [carryOver, timeKind, label],
  );
  const table = useMemo(
    () =>
      pointsTable(
        { t: carryOver.t, timeKind },
        t('plot.time'),
        [{ key: 'y', title: label, y: carryOver.y }],
        language,
      ),
    [carryOver, timeKind, label, language, t],
  );
  return (
    <ChartFrame
      title={t('carryOver.title')}
      description={t('carryOver.text', { now: valueText(carryOver.y.at(-1) ?? null, language) })}
      table={table}
      fileName={`${game.loto}-carry-over`}
      height={HEIGHT}
      picture={picture}
    >
      {(numbers) => (
        <Plot
          data={data}
          label={t('carryOver.label', { game: game.loto })}
          height={HEIGHT}
          picture={picture}
          fallback={numbers}
        />
      )}
    </ChartFrame>
  );
}
