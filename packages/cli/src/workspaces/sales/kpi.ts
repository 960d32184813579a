import type { Overview } from '@kizashi/server/workspaces/sales';
import type { Command } from 'commander';
import {
  type CommonOptions,
  type Context,
  outputOf,
  say,
  subcommand,
  withClient,
} from '../../context.ts';
import { print, table } from '../../output.ts';
import { collect, type PeriodOptions, periodOptions, resolvePeriod } from '../../period.ts';

/** `kizashi kpi`: the figures of the Sales home page for a period. */
export function kpiCommand(context: Context): Command {
  const command = subcommand(
    context,
    'kpi',
    {
      en: 'Figures of a period: revenue, orders, customers … with the change against the period before',
      ja: '期間の指標（売上高、注文件数、顧客数など）と前期間からの変化',
    },
    { remote: true },
  );
  periodOptions(context, command);
  return command
    .option(
      '--filter <dimension:value>',
      say(context, {
        en: 'only this country, product or customer; may be repeated',
        ja: '国・商品・顧客で絞り込む（複数指定可）: country:Germany',
      }),
      collect,
      [],
    )
    .action(async (options: CommonOptions & PeriodOptions & { filter: string[] }) => {
      await withClient(context, options, async (client) => {
        const period = await resolvePeriod(context, client, options);
        const overview = await client.get<Overview>('/api/sales/overview', {
          ...period,
          filter: options.filter,
        });
        const { currency } = await client.get<{ currency: string }>('/api/settings');
        print(outputOf(context, options), overview, () =>
          overviewTable(context, overview, currency),
        );
      });
    });
}

function overviewTable(context: Context, overview: Overview, currency: string): string {
  const percent = new Intl.NumberFormat(context.locale, {
    style: 'percent',
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  });
  const heading = [
    say(context, { en: 'figure', ja: '指標' }),
    `${overview.period.from} – ${overview.period.to}`,
    `${overview.previous.from} – ${overview.previous.to}`,
    say(context, { en: 'change', ja: '変化' }),
  ];
  return table([
    heading,
    ...overview.kpis.map((kpi) => [
      kpi.id,
      formatValue(context, kpi.value, kpi.unit, currency),
      formatValue(context, kpi.previous, kpi.unit, currency),
      kpi.change === null ? '—' : percent.format(kpi.change),
    ]),
  ]);
}

function formatValue(
  context: Context,
  value: number | null,
  unit: Overview['kpis'][number]['unit'],
  currency: string,
): string {
  if (value === null) return '—';
  if (unit === 'ratio') {
    return new Intl.NumberFormat(context.locale, {
      style: 'percent',
      maximumFractionDigits: 2,
    }).format(value);
  }
  // The currency knows its decimals: yen have none.
  const options: Intl.NumberFormatOptions =
    unit === 'money'
      ? { style: 'currency', currency }
      : { maximumFractionDigits: unit === 'count' ? 0 : 2 };
  return new Intl.NumberFormat(context.locale, options).format(value);
}
