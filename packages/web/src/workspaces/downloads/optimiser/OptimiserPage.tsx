import type { OptimiserDecision, OptimiserView } from '@kizashi/server/workspaces/downloads';
import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../app/services.tsx';
import { useLanguage } from '../../../app/use-language.ts';
import { type Column, DataTable } from '../../../ui/data-table.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { changeText, type Language, MISSING, percentText } from '../../../ui/figure-text.ts';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { StateBadge } from '../../../ui/state-badge.tsx';
import { Empty } from '../../../ui/states.tsx';
import { Time } from '../../../ui/time.tsx';
import { optimiserQuery } from '../queries.ts';
import { useWords } from '../use-words.ts';

const DECISIONS_AT_ONCE = 10;
const figures = [
  'from',
  'bytesPerSecond',
  'before',
  'now',
  'gain',
  'loss',
  'refusals',
  'failureRate',
  'variation',
  'cpu',
  'ms',
] as const;
const tones = {
  UNKNOWN: 'quiet',
  EXCELLENT: 'good',
  GOOD: 'good',
  FAIR: 'busy',
  POOR: 'warning',
  UNSTABLE: 'bad',
} as const;

/** How the line is, what was chosen because of it, and why. */
export function OptimiserPage() {
  const { t } = useTranslation('downloads');
  const found = useQuery(optimiserQuery(useApi()));
  return (
    <>
      <PageHeader title={t('optimiser.title')} description={t('optimiser.description')} />
      <QueryState query={found} height={500}>
        {(view) => (
          <>
            <Now view={view} />
            <Section title={t('optimiser.last')}>
              {view.last === null ? (
                <Empty icon="gauge" title={t('optimiser.none')}>
                  {t('optimiser.noneText')}
                </Empty>
              ) : (
                <Decision decision={view.last} />
              )}
            </Section>
            {view.decisions.length > 0 && <Decisions decisions={view.decisions} />}
            {view.hosts.length > 0 && <Hosts hosts={view.hosts} />}
          </>
        )}
      </QueryState>
    </>
  );
}

function NetworkClass({ of }: { readonly of: OptimiserView['networkClass'] }) {
  const { t } = useTranslation('downloads');
  return <StateBadge tone={tones[of]}>{t(`optimiser.class.${of}`)}</StateBadge>;
}

function Now({ view }: { readonly view: OptimiserView }) {
  const { t } = useTranslation('downloads');
  const words = useWords();
  const language = useLanguage();
  const { now } = view;
  return (
    <Section title={t('optimiser.now')}>
      <Facts
        facts={[
          { name: t('optimiser.network'), value: <NetworkClass of={view.networkClass} /> },
          { name: t('optimiser.mode'), value: t(`settings.modes.${view.mode}`) },
          { name: t('queue.speed'), value: words.speed(now.bytesPerSecond) },
          { name: t('items.column.connections'), value: words.count(now.connections) },
          { name: t('optimiser.cpu'), value: percentText(now.cpu, language) },
          {
            name: t('optimiser.memory'),
            value: now.memoryBytes === 0 ? MISSING : words.bytes(now.memoryBytes),
          },
          {
            name: t('optimiser.disk'),
            value:
              now.diskWriteMsPerMb === null
                ? MISSING
                : t('optimiser.msPerMb', { ms: millisecondsText(now.diskWriteMsPerMb, language) }),
          },
        ]}
      />
    </Section>
  );
}

/** What was chosen, in words and numbers. */
function Decision({ decision }: { readonly decision: OptimiserDecision }) {
  const { t } = useTranslation('downloads');
  const words = useWords();
  const basis = useBasis();
  return (
    <Stack gap="sm">
      <Text fw={600}>{decision.explanation}</Text>
      <Facts
        facts={[
          { name: t('items.column.connections'), value: words.count(decision.connections) },
          { name: t('optimiser.piece'), value: words.bytes(decision.pieceBytes) },
          { name: t('options.parallelFiles'), value: words.count(decision.parallelFiles) },
          { name: t('optimiser.network'), value: <NetworkClass of={decision.networkClass} /> },
          { name: t('optimiser.at'), value: <Time at={decision.at} relative /> },
          ...basis(decision),
        ]}
      />
    </Stack>
  );
}

/** The figures a decision came from. The connections chosen are told beside them. */
function useBasis(): (decision: OptimiserDecision) => readonly { name: string; value: string }[] {
  const { t } = useTranslation('downloads');
  const words = useWords();
  const language = useLanguage();
  const count = (value: number) => words.count(value);
  const speed = (value: number) => (value === 0 ? MISSING : words.speed(value));
  const share = (value: number) => percentText(value, language);
  const write: Readonly<Record<(typeof figures)[number], (value: number) => string>> = {
    from: count,
    bytesPerSecond: speed,
    before: speed,
    now: speed,
    gain: (value) => changeText(value, language),
    loss: share,
    refusals: count,
    failureRate: share,
    variation: share,
    cpu: share,
    ms: (value) => t('optimiser.msPerMb', { ms: millisecondsText(value, language) }),
  };
  return ({ numbers }) =>
    figures.flatMap((name) => {
      const value = numbers[name];
      if (value === undefined) return [];
      return [{ name: t(`optimiser.basis.${name}`), value: write[name](value) }];
    });
}

/** Two digits tell a disk that is quick from one that is not. */
function millisecondsText(ms: number, language: Language): string {
  return new Intl.NumberFormat(language, { maximumSignificantDigits: 2 }).format(ms);
}

function Decisions({ decisions }: { readonly decisions: readonly OptimiserDecision[] }) {
  const { t } = useTranslation('downloads');
  const words = useWords();
  const columns = useMemo<readonly Column<OptimiserDecision>[]>(
    () => [
      { id: 'at', header: t('optimiser.at'), cell: ({ at }) => <Time at={at} /> },
      {
        id: 'why',
        header: t('optimiser.why'),
        cell: ({ explanation }) => explanation,
      },
      {
        id: 'connections',
        header: t('items.column.connections'),
        align: 'right',
        cell: ({ connections }) => words.count(connections),
      },
      {
        id: 'piece',
        header: t('optimiser.piece'),
        align: 'right',
        secondary: true,
        cell: ({ pieceBytes }) => words.bytes(pieceBytes),
      },
      {
        id: 'files',
        header: t('options.parallelFiles'),
        align: 'right',
        secondary: true,
        cell: ({ parallelFiles }) => words.count(parallelFiles),
      },
    ],
    [t, words],
  );
  return (
    <Section title={t('optimiser.decisions')}>
      <DataTable
        label={t('optimiser.decisions')}
        columns={columns}
        rows={decisions}
        rowKey={(one) => `${one.at} ${one.reason} ${one.connections} ${one.parallelFiles}`}
        rowsAtOnce={DECISIONS_AT_ONCE}
      />
    </Section>
  );
}

type Host = OptimiserView['hosts'][number];

function Hosts({ hosts }: { readonly hosts: readonly Host[] }) {
  const { t } = useTranslation('downloads');
  const words = useWords();
  const language = useLanguage();
  const columns = useMemo<readonly Column<Host>[]>(
    () => [
      { id: 'host', header: t('items.column.host'), cell: ({ host }) => host },
      {
        id: 'class',
        header: t('optimiser.network'),
        cell: ({ networkClass }) => <NetworkClass of={networkClass} />,
      },
      {
        id: 'speed',
        header: t('queue.speed'),
        align: 'right',
        cell: ({ bytesPerSecond }) => words.speed(bytesPerSecond),
        sortBy: ({ bytesPerSecond }) => bytesPerSecond,
      },
      {
        id: 'each',
        header: t('optimiser.each'),
        align: 'right',
        secondary: true,
        cell: ({ bytesPerSecondPerConnection }) => words.speed(bytesPerSecondPerConnection),
      },
      {
        id: 'variation',
        header: t('optimiser.variation'),
        align: 'right',
        secondary: true,
        cell: ({ variation }) => percentText(variation, language),
      },
      {
        id: 'latency',
        header: t('optimiser.latency'),
        align: 'right',
        secondary: true,
        cell: ({ latencyMs }) =>
          latencyMs === null
            ? MISSING
            : t('analytics.ms', { ms: words.count(Math.round(latencyMs)) }),
      },
      {
        id: 'failures',
        header: t('optimiser.failures'),
        align: 'right',
        cell: ({ failureRate }) => percentText(failureRate, language),
        sortBy: ({ failureRate }) => failureRate,
      },
      {
        id: 'best',
        header: t('optimiser.best'),
        align: 'right',
        cell: ({ bestConnections }) =>
          bestConnections === 0 ? MISSING : words.count(bestConnections),
      },
      {
        id: 'last',
        header: t('optimiser.seen'),
        secondary: true,
        cell: ({ lastAt }) => <Time at={lastAt} relative />,
      },
    ],
    [t, words, language],
  );
  return (
    <Section title={t('optimiser.hosts')}>
      <DataTable
        label={t('optimiser.hosts')}
        columns={columns}
        rows={hosts}
        rowKey={({ host }) => host}
      />
    </Section>
  );
}
