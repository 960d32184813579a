import type { CustomersReply } from '@kizashi/server/command-line/customers';
import type { Command } from 'commander';
import { type Context, outputOf, say, subcommand } from '../context.ts';
import type { Text } from '../locale.ts';
import { numberOption } from '../number-option.ts';
import { print, table } from '../output.ts';
import { textChoices } from '../text-options.ts';
import { usageErrors } from '../usage-errors.ts';
import {
  addPurchaseOptions,
  dayOption,
  noticeRows,
  type PurchaseFileOptions,
} from './purchase-options.ts';

interface CustomersOptions extends PurchaseFileOptions {
  readonly time: string;
  readonly amount: string;
  readonly quantity?: string;
  readonly item?: string;
  readonly horizon?: string;
  readonly within?: string;
  readonly months: string;
  readonly discount: string;
  readonly level: string;
  readonly rows: string;
}

/** `kizashi customers FILE`: who will buy again, when and for how much; without server or database. */
export function customersCommand(context: Context): Command {
  const text = (en: string, ja: string) => say(context, { en, ja });
  const command = subcommand(context, 'customers', {
    en: 'Who will buy again, when and for how much, from a CSV or Parquet file of purchases',
    ja: '購入履歴の CSV・Parquet ファイルから、顧客ごとの再購入・時期・金額を予測する',
  }).argument('<file>');
  addPurchaseOptions(context, command, {
    required: ['customer', 'time', 'amount'],
    // The item is for --within to learn from.
    optional: ['quantity', 'item'],
  })
    .option(
      '--horizon <days>',
      text(
        'days ahead for “expected”; default: as many as the file holds, at most 365',
        '予測する日数（既定: ファイルの期間、最大 365）',
      ),
    )
    .option(
      '--within <days>',
      text(
        'also the probability to buy within these days, learned from the past (seconds)',
        'この日数以内に購入する確率も、過去から学習して出す（数秒）',
      ),
    )
    .option('--months <n>', text('months of the lifetime value', '生涯価値の月数'), '12')
    .option('--discount <fraction>', text('discount a month', '月あたりの割引率'), '0.01')
    .option(
      '--level <percent>',
      text('interval of the next purchase date', '次回購入日の区間の水準（%）'),
      '80',
    )
    .option('--rows <n>', text('customers shown without --json', '表示する顧客数'), '20');
  return command.action(async (file: string, options: CustomersOptions) => {
    const whole = { min: 1, max: 100_000, whole: true };
    const asked = {
      until: dayOption(context, 'until', options.until),
      horizonDays:
        options.horizon === undefined
          ? undefined
          : numberOption(context, 'horizon', options.horizon, whole),
      months: numberOption(context, 'months', options.months, { min: 1, max: 1200, whole: true }),
      monthlyDiscount: numberOption(context, 'discount', options.discount, { min: 0, max: 1 }),
      withinDays:
        options.within === undefined
          ? undefined
          : numberOption(context, 'within', options.within, { min: 1, max: 3650, whole: true }),
      level: numberOption(context, 'level', options.level, { min: 1, max: 99 }) / 100,
    };
    const shown = numberOption(context, 'rows', options.rows, whole);
    // Loaded here: no other command needs the numerics.
    const { customersReply, readPurchases } = await import(
      '@kizashi/server/command-line/customers'
    );
    const reply = await usageErrors(context, async () => {
      const { customer, time, amount, quantity, item } = options;
      const columns = { customer, time, amount, quantity, item };
      return customersReply(await readPurchases(file, columns, textChoices(options)), asked);
    });
    print(outputOf(context, options), reply, () => customersText(context, reply, shown));
    noticeRows(context, reply.rows);
  });
}

const ACTIONS: Readonly<Record<string, Text>> = {
  'win-back': { en: 'win back', ja: '呼び戻す' },
  remind: { en: 'remind', ja: '思い出してもらう' },
  'second-purchase': { en: 'invite to a second purchase', ja: '2 回目の購入を促す' },
  reward: { en: 'reward', ja: '優遇する' },
  'let-go': { en: 'no effort', ja: '追わない' },
  wait: { en: 'leave alone', ja: '待つ' },
};

const PROBLEMS: Readonly<Record<string, Text>> = {
  'no-customers': { en: 'no customers', ja: '顧客がいません' },
  'no-repeat-purchases': {
    en: 'nobody bought on a second day',
    ja: '2 日以上購入した顧客がいません',
  },
  'too-few-repeat-buyers': { en: 'too few repeat buyers', ja: 'リピート顧客が少なすぎます' },
  'identical-customers': {
    en: 'all customers have the same history',
    ja: '全顧客の履歴が同じです',
  },
  'no-time-observed': {
    en: 'all purchases are on the last day',
    ja: 'すべての購入が最終日です',
  },
  'no-dropout': {
    en: 'nobody seems to leave: the chance of being active would be 1 for all',
    ja: '離脱が見られません（継続確率は全員 1 になります）',
  },
  'polarised-dropout': {
    en: 'customers seem to leave at once or never',
    ja: '離脱が「すぐに」か「まったくしない」に偏っています',
  },
  'homogeneous-dropout': {
    en: 'all customers seem to leave at the same rate',
    ja: '離脱のしやすさに差がありません',
  },
  'homogeneous-rates': {
    en: 'all customers seem to buy at the same rate',
    ja: '購入の頻度に差がありません',
  },
  'homogeneous-values': {
    en: 'all customers seem to spend the same',
    ja: '購入金額に差がありません',
  },
  'infinite-mean': { en: 'amounts spread without a mean', ja: '金額のばらつきが大きすぎます' },
  'not-identified': {
    en: 'the data say too little about a parameter',
    ja: 'データから決められないパラメーターがあります',
  },
  'not-converged': { en: 'the estimation did not settle', ja: '推定が収束しませんでした' },
};

function customersText(context: Context, reply: CustomersReply, shown: number): string {
  const text = (en: string, ja: string) => say(context, { en, ja });
  const number = (digits: number) =>
    new Intl.NumberFormat(context.locale, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
  const percent = new Intl.NumberFormat(context.locale, { style: 'percent' });
  const cell = (value: number | null, format: Intl.NumberFormat) =>
    value === null ? '—' : format.format(value);
  const lines = [
    text(
      `${reply.customers.length} customers until ${reply.until}; purchases expected in ${reply.horizonDays} days`,
      `${reply.until} までの顧客 ${reply.customers.length} 人、今後 ${reply.horizonDays} 日の予測`,
    ),
    '',
    modelLine('BG/NBD', reply.bgnbd, ['r', 'alpha', 'a', 'b']),
    modelLine('Pareto/NBD', reply.paretoNbd, ['r', 'alpha', 's', 'beta']),
    modelLine('Gamma-Gamma', reply.gammaGamma, ['p', 'q', 'v']),
  ];
  const measured = reply.nextPurchase.measured;
  if (measured !== null && measured.coverage !== null) {
    lines.push(
      text(
        `Next purchase: tested on the last ${reply.nextPurchase.horizonDays} days, ${percent.format(measured.coverage)} of the dates lay in their ${percent.format(reply.nextPurchase.level)} interval.`,
        `次回購入日: 直近 ${reply.nextPurchase.horizonDays} 日で検証し、${percent.format(reply.nextPurchase.level)} 区間に ${percent.format(measured.coverage)} が入りました。`,
      ),
    );
  }
  const { within } = reply;
  if (within !== null) lines.push(withinLine(within));
  const heading = [
    text('customer', '顧客'),
    text('purchases', '購入回数'),
    text('active', '継続確率'),
    text('expected', '予測回数'),
    text('value', '購入単価'),
    text('lifetime value', '生涯価値'),
    text('next purchase', '次回購入日'),
    ...(within === null
      ? []
      : [text(`in ${within.horizonDays} days`, `${within.horizonDays} 日以内`)]),
    text('action', '対応'),
  ];
  const byStake = reply.customers.toSorted(
    (a, b) => (b.retention?.atStake ?? 0) - (a.retention?.atStake ?? 0),
  );
  const rows = byStake.slice(0, shown).map((one) => [
    one.id,
    String(one.purchases),
    // Of one purchase BG/NBD knows nothing: its 1 would read as a finding.
    one.pAliveStatus === 'ok' ? cell(one.pAlive, percent) : cell(one.pAliveParetoNbd, percent),
    cell(one.expected, number(2)),
    number(2).format(one.value),
    cell(one.lifetimeValue, number(2)),
    one.next === null ? '—' : `${one.next.date} (${one.next.lower} – ${one.next.upper})`,
    ...(within === null ? [] : [cell(one.within?.probability ?? null, percent)]),
    one.retention === null ? '—' : say(context, ACTIONS[one.retention.action]!),
  ]);
  lines.push('', text('Most at stake first:', '失う金額が大きい順:'), table([heading, ...rows]));
  if (byStake.length > shown) {
    lines.push(
      text(
        `… and ${byStake.length - shown} more: --rows, or --json for all.`,
        `ほか ${byStake.length - shown} 人（--rows または --json で表示）`,
      ),
    );
  }
  return lines.join('\n');

  function withinLine({ status, horizonDays, measured }: NonNullable<typeof within>): string {
    if (status !== 'ok') {
      return text(
        `Purchase within ${horizonDays} days: too little history to learn from.`,
        `${horizonDays} 日以内の購入: 学習に必要な履歴が足りません。`,
      );
    }
    if (measured === null || measured.auc === null) {
      return text(
        `Purchase within ${horizonDays} days: not tested, the history is too short.`,
        `${horizonDays} 日以内の購入: 履歴が短いため検証していません。`,
      );
    }
    const auc = number(3).format(measured.auc);
    return text(
      `Purchase within ${horizonDays} days: tested on the last ${horizonDays} days, AUC ${auc}; ${percent.format(measured.share)} bought, ${percent.format(measured.mean)} were expected to.`,
      `${horizonDays} 日以内の購入: 直近 ${horizonDays} 日で検証し、AUC ${auc}。実際の購入 ${percent.format(measured.share)}、予測 ${percent.format(measured.mean)}。`,
    );
  }

  function modelLine<Name extends string>(
    name: string,
    model: Readonly<Record<Name, number | null>> &
      Pick<CustomersReply['bgnbd'], 'status' | 'problems' | 'logLikelihood'>,
    parameters: readonly Name[],
  ): string {
    if (model.status === 'ok') {
      const values = parameters.map((one) => `${one} ${Number(model[one]!.toPrecision(4))}`);
      const fit = text('log-likelihood', '対数尤度');
      return `${name}: ${values.join(', ')}; ${fit} ${number(2).format(model.logLikelihood!)}`;
    }
    const reasons = model.problems.map(({ code }) => say(context, PROBLEMS[code]!));
    return `${name}: ${text('not used', '使用しません')} — ${reasons.join('; ')}`;
  }
}
