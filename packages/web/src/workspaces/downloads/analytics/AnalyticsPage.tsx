import {
  type DownloadAnalytics,
  sourceNameSchema,
  verdictSchema,
} from '@kizashi/server/workspaces/downloads';
import { List, SegmentedControl, SimpleGrid } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useApi } from '../../../app/services.tsx';
import { useLanguage } from '../../../app/use-language.ts';
import { useSearchState } from '../../../app/use-search-state.ts';
import { type Bar, BarList } from '../../../charts/BarList.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { changeText, MISSING, percentText } from '../../../ui/figure-text.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { Empty } from '../../../ui/states.tsx';
import { analyticsQuery } from '../queries.ts';
import { useWords } from '../use-words.ts';
import { DaysChart } from './DaysChart.tsx';
import { Failures } from './Failures.tsx';
import { ReportMenu } from './ReportMenu.tsx';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const periods = ['7', '30', '90', '365'] as const;
const searchSchema = z.object({ days: z.enum(periods).optional().catch(undefined) });

/** What was downloaded, how well it went, and what would make it better. */
export function AnalyticsPage() {
  const { t } = useTranslation('downloads');
  const [{ days = '30' }, change] = useSearchState(searchSchema);
  const range = useMemo(() => {
    const to = Math.ceil(Date.now() / MINUTE_MS) * MINUTE_MS;
    return { from: to - Number(days) * DAY_MS, to };
  }, [days]);
  const found = useQuery(analyticsQuery(useApi(), range));
  return (
    <>
      <PageHeader
        title={t('analytics.title')}
        description={t('analytics.description')}
        actions={
          <>
            <SegmentedControl
              aria-label={t('analytics.period')}
              value={days}
              onChange={(value) => change({ days: periods.find((one) => one === value) })}
              data={periods.map((value) => ({
                value,
                label: t('analytics.days', { days: value }),
              }))}
            />
            <ReportMenu range={range} />
          </>
        }
      />
      <QueryState query={found} height={600}>
        {(data) =>
          isEmpty(data) ? (
            <Section title={t('analytics.figures')}>
              <Empty icon="chart" title={t('analytics.empty')}>
                {t('analytics.emptyText')}
              </Empty>
            </Section>
          ) : (
            <>
              <Figures data={data} />
              <Recommendations data={data} />
              <DaysChart data={data} />
              <Failures data={data} />
              <Shares data={data} />
            </>
          )
        }
      </QueryState>
    </>
  );
}

/** Whether there is nothing that any of its parts could show. */
function isEmpty({ usage, failures, recommendations }: DownloadAnalytics): boolean {
  const { downloads, searches, apiRequests } = usage;
  return downloads + searches + apiRequests + failures.length + recommendations.length === 0;
}

function Figures({ data }: { readonly data: DownloadAnalytics }) {
  const { t } = useTranslation('downloads');
  const words = useWords();
  const language = useLanguage();
  const { usage, performance, trends } = data;
  const change = (value: number | null) => (value === null ? MISSING : changeText(value, language));
  const seconds = performance.medianSeconds;
  return (
    <Section title={t('analytics.figures')}>
      <Facts
        facts={[
          { name: t('analytics.fact.downloads'), value: words.count(usage.downloads) },
          { name: t('analytics.fact.completed'), value: words.count(usage.completed) },
          {
            name: t('analytics.fact.failed'),
            value: words.count(usage.failed),
            bad: usage.failed > 0,
          },
          {
            name: t('analytics.fact.success'),
            value: usage.successRate === null ? MISSING : percentText(usage.successRate, language),
          },
          { name: t('analytics.fact.bytes'), value: words.bytes(usage.bytes) },
          { name: t('analytics.fact.saved'), value: words.bytes(usage.savedBytes) },
          { name: t('analytics.fact.wasted'), value: words.bytes(usage.wastedBytes) },
          {
            name: t('analytics.fact.speed'),
            value: words.speed(performance.medianBytesPerSecond),
          },
          {
            name: t('analytics.fact.slowFast'),
            value: t('analytics.range', {
              from: words.speed(performance.p10BytesPerSecond),
              to: words.speed(performance.p90BytesPerSecond),
            }),
          },
          { name: t('analytics.fact.seconds'), value: words.seconds(seconds) },
          { name: t('analytics.fact.searches'), value: words.count(usage.searches) },
          { name: t('analytics.fact.requests'), value: words.count(usage.apiRequests) },
          {
            name: t('analytics.fact.api'),
            value:
              performance.medianApiMs === null
                ? MISSING
                : t('analytics.ms', { ms: words.count(Math.round(performance.medianApiMs)) }),
          },
          { name: t('analytics.fact.trendDownloads'), value: change(trends.downloads) },
          { name: t('analytics.fact.trendSpeed'), value: change(trends.bytesPerSecond) },
          { name: t('analytics.fact.trendFailures'), value: change(trends.failureRate) },
        ]}
      />
    </Section>
  );
}

function Recommendations({ data }: { readonly data: DownloadAnalytics }) {
  const { t } = useTranslation('downloads');
  if (data.recommendations.length === 0) return null;
  return (
    <Section title={t('analytics.recommendations')}>
      <List spacing="xs">
        {data.recommendations.map(({ code, text }) => (
          <List.Item key={`${code} ${text}`}>{text}</List.Item>
        ))}
      </List>
    </Section>
  );
}

/** Hosts, sources, kinds, verdicts and hours, each as ranked bars. */
function Shares({ data }: { readonly data: DownloadAnalytics }) {
  const { t } = useTranslation('downloads');
  const words = useWords();
  const byBytes = ({
    name,
    count,
    bytes,
  }: {
    name: string;
    count: number;
    bytes: number;
  }): Bar => ({
    key: name,
    label: name,
    size: bytes,
    value: words.bytes(bytes),
    note: t('analytics.times', { count: words.count(count) }),
  });
  const byCount = (name: string, label: string, count: number): Bar => ({
    key: name,
    label,
    size: count,
    value: words.count(count),
  });
  const lists = [
    {
      title: t('analytics.hosts'),
      bars: data.hosts.map((host) => ({
        ...byBytes(host),
        note: t('analytics.hostNote', {
          count: words.count(host.count),
          failures: words.count(host.failures),
          speed: words.speed(host.medianBytesPerSecond),
        }),
      })),
    },
    {
      title: t('analytics.sources'),
      bars: data.sources.map((one) => {
        const known = sourceNameSchema.safeParse(one.name);
        const bar = byBytes(one);
        return known.success ? { ...bar, label: t(`source.${known.data}`) } : bar;
      }),
    },
    { title: t('analytics.types'), bars: data.types.map(byBytes) },
    {
      title: t('analytics.verdicts'),
      bars: data.verdicts.map(({ name, count }) => {
        const known = verdictSchema.safeParse(name);
        return byCount(name, known.success ? t(`verdict.${known.data}`) : name, count);
      }),
    },
    {
      title: t('analytics.hours'),
      bars: data.hours
        .filter(({ count }) => count > 0)
        .map(({ hour, count }) =>
          byCount(
            String(hour),
            t('analytics.hour', { hour: String(hour).padStart(2, '0') }),
            count,
          ),
        ),
    },
  ];
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" mt="md">
      {lists.map(({ title, bars }) => (
        <div key={title}>
          <Section title={title}>
            {bars.length === 0 ? (
              <Empty icon="chart" title={t('analytics.none')} />
            ) : (
              <BarList label={title} bars={bars} />
            )}
          </Section>
        </div>
      ))}
    </SimpleGrid>
  );
}
