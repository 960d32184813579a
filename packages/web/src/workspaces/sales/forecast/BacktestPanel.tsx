import type { ForecastReply } from '@kizashi/server/contract/forecast';
import { List, Table, Text, ThemeIcon } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFigureStyle } from '../../../app/use-figure-style.ts';
import { exactText, figureText, percentText } from '../../../ui/figure-text.ts';
import { Icon } from '../../../ui/icons.tsx';
import { Section } from '../../../ui/section.tsx';
import { backtestVerdict, coverageVerdict, naiveRule } from './verdict.ts';

type Backtest = NonNullable<ForecastReply['backtest']>;

/** How the method did on the past beside repeating the last season, and whether its intervals held. */
export function BacktestPanel({ reply }: { readonly reply: ForecastReply }) {
  const { t } = useTranslation('sales');
  return (
    <Section title={t('forecast.backtest.title')}>
      <Verdict reply={reply} />
      {reply.backtest && <Scores backtest={reply.backtest} reply={reply} />}
      <Coverage reply={reply} />
    </Section>
  );
}

function Verdict({ reply }: { readonly reply: ForecastReply }) {
  const { t } = useTranslation('sales');
  const { language } = useFigureStyle('ratio');
  const { backtest, bucket } = reply;
  if (backtest === null) return <Text>{t('forecast.backtest.none')}</Text>;
  const verdict = backtestVerdict(backtest);
  const percent = 'by' in verdict ? percentText(verdict.by, language) : '';
  const rule = t(`forecast.backtest.rule.${naiveRule(bucket, reply.seasonLength)}`);
  const horizon = t(`bucket.count.${bucket}`, { count: backtest.horizon });
  return (
    <>
      <Text size="lg" fw={600}>
        {t(`forecast.backtest.${verdict.kind}`, { percent, rule })}
      </Text>
      <Text size="sm" c="dimmed" mb="sm">
        {t('forecast.backtest.how', { folds: backtest.folds, horizon })}
      </Text>
    </>
  );
}

const measures = ['mae', 'rmse', 'mape', 'smape', 'mase', 'bias'] as const;
const rates: ReadonlySet<string> = new Set(['mape', 'smape']);

function Scores({
  backtest,
  reply,
}: {
  readonly backtest: Backtest;
  readonly reply: ForecastReply;
}) {
  const { t } = useTranslation('sales');
  const style = useFigureStyle(reply.measure.unit);
  const text = (measure: (typeof measures)[number], value: number | null) => {
    if (rates.has(measure)) return exactText(value, { ...style, unit: 'ratio' });
    return figureText(value, measure === 'mase' ? { ...style, unit: 'number' } : style);
  };
  return (
    <Table.ScrollContainer
      minWidth={420}
      type="native"
      tabIndex={0}
      role="region"
      aria-label={t('forecast.backtest.title')}
    >
      <Table aria-label={t('forecast.backtest.title')} tabularNums maw={760}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('forecast.backtest.measureColumn')}</Table.Th>
            <Table.Th scope="col" ta="right">
              {t('forecast.backtest.model')}
            </Table.Th>
            <Table.Th scope="col" ta="right">
              {t('forecast.backtest.naiveColumn')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {measures.map((measure) => (
            <Table.Tr key={measure}>
              <Table.Th scope="row" fw={400}>
                {t(`forecast.backtest.scores.${measure}`)}
              </Table.Th>
              <Table.Td ta="right">{text(measure, backtest.model[measure])}</Table.Td>
              <Table.Td ta="right">{text(measure, backtest.seasonalNaive[measure])}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

const signs = {
  asPromised: { icon: 'check', color: 'midori' },
  tooNarrow: { icon: 'alert', color: 'shu' },
  tooWide: { icon: 'info', color: 'gray' },
  unknown: { icon: 'info', color: 'gray' },
} as const;

function Coverage({ reply }: { readonly reply: ForecastReply }) {
  const { t } = useTranslation('sales');
  const style = useFigureStyle(reply.measure.unit);
  const tested = reply.backtest === null ? 0 : reply.backtest.folds * reply.backtest.horizon;
  return (
    <>
      <Text fw={600} mt="md" mb={6}>
        {t('forecast.backtest.coverageTitle')}
      </Text>
      <List spacing={6} size="sm" center>
        {reply.intervals.map(({ level, coverage, width }) => {
          const verdict = coverageVerdict(level, coverage, tested);
          const { icon, color } = signs[verdict];
          return (
            <List.Item
              key={level}
              icon={
                <ThemeIcon variant="light" color={color} size={22} radius="xl">
                  <Icon name={icon} size={14} />
                </ThemeIcon>
              }
            >
              {t(`forecast.backtest.coverage.${verdict}`, {
                level: percentText(level, style.language),
                coverage: coverage === null ? '' : percentText(coverage, style.language),
              })}{' '}
              <Text span size="sm" c="dimmed">
                {t('forecast.backtest.width', { width: figureText(width, style) })}
              </Text>
            </List.Item>
          );
        })}
      </List>
    </>
  );
}
