import type { LotteryInsight } from '@kizashi/server/workspaces/features';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/use-format.ts';
import { ChartFrame } from '../../../charts/ChartFrame.tsx';
import { MISSING } from '../../../ui/figure-text.ts';
import classes from './lottery.module.css';

const heats = { '-1': 'cold', 0: 'neither', 1: 'hot' } as const;
type Heat = (typeof heats)[keyof typeof heats];

function heatOf(heat: number): Heat {
  return heat > 0 ? 'hot' : heat < 0 ? 'cold' : 'neither';
}

/** Every number of the game: how often it came lately, and how long it has been away. */
export function NumberBoard({ game }: { readonly game: LotteryInsight }) {
  const { t } = useTranslation('features');
  const format = useFormat();
  const count = (cell: unknown) => (cell === null ? MISSING : format.number(Number(cell), 0));
  const column = (key: string, title: string) => ({ key, title, text: count, numeric: true });
  return (
    <ChartFrame
      title={t('board.title')}
      description={t('board.text', { window: game.window })}
      table={{
        columns: [
          column('number', t('board.number')),
          column('recent', t('board.recent', { window: game.window })),
          {
            key: 'heat',
            title: t('board.heat'),
            text: (cell) => t(`board.${heatOf(Number(cell))}`),
            numeric: false,
          },
          column('gap', t('board.gap')),
          column('longest', t('board.longestGap')),
          column('streak', t('board.streak')),
          column('count', t('board.count')),
        ],
        rows: game.numbers.map((one) => [
          one.number,
          one.recent,
          one.heat,
          one.gap,
          one.longestGap,
          one.streak,
          one.count,
        ]),
      }}
      fileName={`${game.loto}-numbers`}
      height={520}
    >
      {() => (
        <>
          <ol className={classes.board} aria-label={t('board.title')}>
            {game.numbers.map((one) => {
              const heat = heatOf(one.heat);
              return (
                <li key={one.number} data-heat={heat} data-newest={one.gap === 0}>
                  <span className={classes.number}>{one.number}</span>
                  <span className={classes.mark}>
                    {heat === 'neither' ? '' : t(`board.${heat}`)}
                  </span>
                  <span className={classes.detail}>
                    {t('board.times', { amount: count(one.recent) })}
                  </span>
                  <span className={classes.detail}>
                    {one.gap === null
                      ? t('board.never')
                      : one.gap === 0
                        ? t('board.newest')
                        : t('board.ago', { draws: count(one.gap) })}
                  </span>
                </li>
              );
            })}
          </ol>
          <p className={classes.note}>{t('board.note')}</p>
        </>
      )}
    </ChartFrame>
  );
}
