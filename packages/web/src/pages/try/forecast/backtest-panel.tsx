import { List, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFigureStyle } from '../../../app/use-figure-style.ts';
import { exactText, percentText } from '../../../ui/figure-text.ts';
import { Section } from '../../../ui/section.tsx';
import { valueText } from '../../../ui/value-text.ts';
import { verdictOf } from './backtest-verdict.ts';
import type { Backtest, SeriesForecast } from './documents.ts';

const measures = ['mae', 'rmse', 'mape', 'smape', 'mase', 'owa', 'bias'] as const;
const rates: ReadonlySet<string> = new Set(['mape', 'smape']);

/** How the model did on the past beside repeating the last season, and whether its intervals held. */
export function BacktestPanel({ forecast }: { readonly forecast: SeriesForecast }) {
  const { t } = useTranslation();
  const { language } = useFigureStyle('number');
  const { backtest, intervals } = forecast;
  const together = intervals?.series ?? 1;
  if (backtest === null) {
    return (
      <Section title={t('try.backtest.title')}>
        <Text>{t('try.backtest.none')}</Text>
      </Section>
    );
  }
  const { kind, by } = verdictOf(backtest);
  const held = Object.entries(backtest.coverage).filter(([, share]) => share !== null);
  return (
    <Section title={t('try.backtest.title')}>
      <Text size="lg" fw={600}>
        {t(`try.backtest.${kind}`, { percent: percentText(by, language) })}
      </Text>
      <Text size="sm" c="dimmed" mb="sm">
        {t('try.backtest.how', { origins: backtest.origins, steps: backtest.h })}
      </Text>
      <Scores backtest={backtest} />
      {held.length > 0 && (
        <>
          <Text fw={600} mt="md" mb={6}>
            {t('try.backtest.coverage')}
          </Text>
          <List size="sm" spacing={4}>
            {held.map(([level, share]) => (
              <List.Item key={level}>
                {t('try.backtest.held', {
                  level: percentText(Number(level) / 100, language),
                  share: percentText(share ?? 0, language),
                })}
              </List.Item>
            ))}
          </List>
        </>
      )}
      {together > 1 && (
        <Text size="sm" c="dimmed" mt="sm">
          {t('try.backtest.together', { count: together })}
        </Text>
      )}
    </Section>
  );
}

function Scores({ backtest }: { readonly backtest: Backtest }) {
  const { t } = useTranslation();
  const style = useFigureStyle('ratio');
  const label = t('try.backtest.title');
  const { seasonalNaive } = backtest;
  const text = (measure: string, value: number | null) =>
    rates.has(measure) ? exactText(value, style) : valueText(value, style.language);
  const known = measures.filter((one) => backtest[one] !== null || seasonalNaive[one] !== null);
  return (
    <Table.ScrollContainer
      minWidth={420}
      type="native"
      tabIndex={0}
      role="region"
      aria-label={label}
    >
      <Table aria-label={label} tabularNums maw={760}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('try.backtest.measure')}</Table.Th>
            <Table.Th scope="col" ta="right">
              {t('try.backtest.model')}
            </Table.Th>
            <Table.Th scope="col" ta="right">
              {t('try.backtest.seasonalNaive')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {known.map((measure) => (
            <Table.Tr key={measure}>
              <Table.Th scope="row" fw={400}>
                {t(`try.measure.${measure}`)}
              </Table.Th>
              <Table.Td ta="right">{text(measure, backtest[measure])}</Table.Td>
              <Table.Td ta="right">{text(measure, seasonalNaive[measure])}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
