import type { Alert, AlertRule } from '@kizashi/server/contract/alerts';
import { Command, Option } from 'commander';
import {
  type CommonOptions,
  type Context,
  outputOf,
  say,
  subcommand,
  withClient,
} from '../context.ts';
import { print, table } from '../output.ts';

/** `kizashi alerts list | rules | evaluate | acknowledge`. */
export function alertsCommand(context: Context): Command {
  const group = new Command('alerts').description(
    say(context, { en: 'Alerts and their rules', ja: 'アラートとルール' }),
  );
  group.addCommand(listCommand(context));
  group.addCommand(rulesCommand(context));
  group.addCommand(
    subcommand(
      context,
      'evaluate',
      { en: 'Check a rule now', ja: 'ルールを今すぐ評価する' },
      { remote: true },
    )
      .argument('<rule-id>')
      .action(async (id: string, options: CommonOptions) => {
        await withClient(context, { ...options, worker: true }, async (client) => {
          const rule = await client.send<AlertRule>(
            'POST',
            `/api/alerts/rules/${encodeURIComponent(id)}/evaluate`,
          );
          print(outputOf(context, options), rule, () => rulesTable(context, [rule]));
        });
      }),
  );
  group.addCommand(
    subcommand(
      context,
      'acknowledge',
      { en: 'Take note of an alert', ja: 'アラートを確認済みにする' },
      { remote: true },
    )
      .argument('<alert-id>')
      .option('--note <text>', say(context, { en: 'what was done', ja: '対応内容' }))
      .action(async (id: string, options: CommonOptions & { note?: string }) => {
        await withClient(context, options, async (client) => {
          const alert = await client.send<Alert>(
            'POST',
            `/api/alerts/${encodeURIComponent(id)}/acknowledge`,
            {
              ...(options.note === undefined ? {} : { note: options.note }),
            },
          );
          print(outputOf(context, options), alert, () => alertsTable(context, [alert]));
        });
      }),
  );
  return group;
}

function listCommand(context: Context): Command {
  return subcommand(
    context,
    'list',
    { en: 'Alerts, newest first', ja: 'アラート一覧（新しい順）' },
    { remote: true },
  )
    .addOption(
      new Option(
        '--state <state>',
        say(context, { en: 'only these', ja: '状態で絞り込む' }),
      ).choices(['open', 'acknowledged']),
    )
    .action(async (options: CommonOptions & { state?: string }) => {
      await withClient(context, options, async (client) => {
        const page = await client.get<{ items: Alert[] }>('/api/alerts', {
          state: options.state,
          limit: 200,
        });
        print(outputOf(context, options), page, () => alertsTable(context, page.items));
      });
    });
}

function rulesCommand(context: Context): Command {
  return subcommand(context, 'rules', { en: 'Rules', ja: 'ルール一覧' }, { remote: true }).action(
    async (options: CommonOptions) => {
      await withClient(context, options, async (client) => {
        const rules = await client.get<{ items: AlertRule[] }>('/api/alerts/rules');
        print(outputOf(context, options), rules, () => rulesTable(context, rules.items));
      });
    },
  );
}

function alertsTable(context: Context, alerts: readonly Alert[]): string {
  if (alerts.length === 0) return say(context, { en: 'No alerts.', ja: 'アラートはありません。' });
  return table([
    [
      'id',
      ...(context.locale === 'ja'
        ? ['状態', '重要度', 'ルール', '日付', '値']
        : ['state', 'severity', 'rule', 'date', 'value']),
    ],
    ...alerts.map((alert) => [
      alert.id,
      alert.state,
      alert.severity,
      alert.ruleName,
      alert.t,
      alert.value.toLocaleString(context.locale),
    ]),
  ]);
}

function rulesTable(context: Context, rules: readonly AlertRule[]): string {
  if (rules.length === 0) return say(context, { en: 'No rules.', ja: 'ルールはありません。' });
  return table([
    [
      'id',
      ...(context.locale === 'ja'
        ? ['名前', '指標', '条件', '有効', '問題']
        : ['name', 'measure', 'condition', 'enabled', 'problem']),
    ],
    ...rules.map((rule) => [
      rule.id,
      rule.name,
      rule.measure,
      rule.condition.type === 'threshold'
        ? `${rule.condition.direction} ${rule.condition.value}`
        : `${rule.condition.direction} ${rule.condition.level}`,
      rule.enabled ? 'yes' : 'no',
      rule.lastProblem ?? '',
    ]),
  ]);
}
