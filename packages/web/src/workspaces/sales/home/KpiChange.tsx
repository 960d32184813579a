import type { Overview } from '@kizashi/server/workspaces/sales';
import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { changeText, type FigureStyle, figureText } from '../../../ui/figure-text.ts';
import { kpiChange } from './change.ts';
import classes from './home.module.css';

const arrows = { up: '▲', down: '▼', same: '■' } as const;

/** Change against the period before: arrow, colour and, for those who see neither, words. */
export function KpiChange({
  kpi,
  style,
  comparable,
}: {
  readonly kpi: Overview['kpis'][number];
  readonly style: FigureStyle;
  /** Against a period with days before the first data, every figure would seem to soar. */
  readonly comparable: boolean;
}) {
  const { t } = useTranslation('sales');
  const change = kpiChange(kpi);
  if (change === null || !comparable)
    return <div className={classes.change}>{t('home.kpi.noComparison')}</div>;
  const size = change.inPoints
    ? t('home.kpi.points', { change: pointsText(change.size, style) })
    : changeText(change.size, style.language);
  return (
    <div className={classes.change}>
      <b data-news={change.news}>
        <span aria-hidden="true">
          {arrows[change.direction]} {size}
        </span>
        <VisuallyHidden>
          {t(`home.kpi.${change.direction}`, { change: size.replace(/^[+-]/, '') })}
          {change.news !== 'none' && `, ${t(`home.kpi.${change.news}`)}`}
        </VisuallyHidden>
      </b>
      <span>{t('home.kpi.before', { value: figureText(kpi.previous, style) })}</span>
    </div>
  );
}

function pointsText(difference: number, style: FigureStyle): string {
  return new Intl.NumberFormat(style.language, {
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  }).format(difference * 100);
}
