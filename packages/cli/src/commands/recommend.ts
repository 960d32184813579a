import type { RecommenderName, RecommendReply } from '@kizashi/server/command-line/customers';
import { type Command, Option } from 'commander';
import { type Context, outputOf, say, subcommand } from '../context.ts';
import { numberOption } from '../number-option.ts';
import { print, table } from '../output.ts';
import { collect } from '../period.ts';
import { textChoices } from '../text-options.ts';
import { usageErrors } from '../usage-errors.ts';
import {
  addPurchaseOptions,
  dayOption,
  noticeRows,
  type PurchaseFileOptions,
} from './purchase-options.ts';

interface RecommendOptions extends PurchaseFileOptions {
  readonly item: string;
  readonly quantity?: string;
  readonly order?: string;
  readonly count: string;
  readonly model: RecommenderName;
  readonly for: string[];
  readonly maxItems: string;
  readonly support: string;
  readonly confidence: string;
  readonly rules: string;
}

/** Customers shown without --json when none was asked for. */
const SHOWN = 5;

/** `kizashi recommend FILE`: what each customer will buy again, what is new to him, what goes together. */
export function recommendCommand(context: Context): Command {
  const text = (en: string, ja: string) => say(context, { en, ja });
  const command = subcommand(context, 'recommend', {
    en: 'What customers will buy again, discover, and buy together, from a CSV or Parquet file of purchases',
    ja: '購入履歴の CSV・Parquet ファイルから、再購入・新しい商品・併売のおすすめを出す',
  }).argument('<file>');
  addPurchaseOptions(context, command, {
    required: ['customer', 'item'],
    optional: ['time', 'quantity', 'order'],
  })
    .option('--count <n>', text('length of each list', 'リストの件数'), '10')
    .addOption(
      new Option('--model <name>', text('method', '手法'))
        .choices(['ease', 'als', 'item-knn'])
        .default('ease'),
    )
    .option(
      '--for <customer>',
      text('only this customer; may be repeated', 'この顧客だけ（複数指定可）'),
      collect,
      [],
    )
    .option('--max-items <n>', text('items of ease at most', 'ease の商品数の上限'), '4000')
    .option('--support <fraction>', text('least support of a rule', 'ルールの最小支持度'), '0.01')
    .option(
      '--confidence <fraction>',
      text('least confidence of a rule', 'ルールの最小確信度'),
      '0.2',
    )
    .option('--rules <n>', text('rules at most', 'ルールの最大数'), '100');
  return command.action(async (file: string, options: RecommendOptions) => {
    const whole = (name: 'count' | 'maxItems' | 'rules', flag: string, max: number) =>
      numberOption(context, flag, options[name], { min: 1, max, whole: true });
    const fraction = (name: 'support' | 'confidence') =>
      numberOption(context, name, options[name], { min: 1e-6, max: 0.999_999 });
    const asked = {
      until: dayOption(context, 'until', options.until),
      count: whole('count', 'count', 1000),
      model: options.model,
      customers: options.for,
      maxItems: whole('maxItems', 'max-items', 10_000),
      minSupport: fraction('support'),
      minConfidence: fraction('confidence'),
      maxRules: whole('rules', 'rules', 100_000),
    };
    // Loaded here: no other command needs the numerics.
    const { readPurchases, recommendReply } = await import(
      '@kizashi/server/command-line/customers'
    );
    const reply = await usageErrors(context, async () => {
      const { customer, item, time, quantity, order } = options;
      const columns = { customer, item, time, quantity, order };
      return recommendReply(await readPurchases(file, columns, textChoices(options)), asked);
    });
    print(outputOf(context, options), reply, () =>
      recommendText(context, reply, options.for.length > 0 ? reply.customers.length : SHOWN),
    );
    noticeRows(context, reply.rows);
  });
}

function recommendText(context: Context, reply: RecommendReply, shown: number): string {
  const text = (en: string, ja: string) => say(context, { en, ja });
  const number = new Intl.NumberFormat(context.locale, { maximumFractionDigits: 2 });
  const percent = new Intl.NumberFormat(context.locale, {
    style: 'percent',
    maximumFractionDigits: 1,
  });
  const lines = [
    text(
      `${reply.customers.length} customers, ${reply.items} items, ${reply.baskets} baskets; ${reply.model}`,
      `顧客 ${reply.customers.length} 人、商品 ${reply.items} 点、買い物 ${reply.baskets} 回（${reply.model}）`,
    ),
  ];
  for (const one of reply.customers.slice(0, shown)) {
    lines.push('', one.id);
    if (one.status === 'popular') {
      lines.push(
        text(
          '  Nothing is known of this customer: what sells now.',
          '  履歴がないため、いま売れている商品です。',
        ),
      );
    }
    const length = Math.max(one.buyAgain.length, one.discover.length);
    const rows = Array.from({ length }, (_, i) => {
      const again = one.buyAgain[i];
      const found = one.discover[i];
      return [
        again === undefined ? '' : `  ${again.item} (${again.times}×)`,
        found === undefined
          ? ''
          : `${found.item}${found.because === null ? '' : ` ← ${found.because}`}`,
      ];
    });
    lines.push(
      table([[text('  buy again', '  また買う'), text('discover', '新しく出会う')], ...rows]),
    );
  }
  if (reply.customers.length > shown) {
    lines.push(
      '',
      text(
        `… and ${reply.customers.length - shown} more: --for CUSTOMER, or --json for all.`,
        `ほか ${reply.customers.length - shown} 人（--for 顧客 または --json で表示）`,
      ),
    );
  }
  if (reply.rules.length > 0) {
    const heading = [
      text('  who buys', '  これを買う人は'),
      text('also buys', 'これも買う'),
      text('confidence', '確信度'),
      text('lift', 'リフト'),
      text('baskets', '買い物'),
    ];
    const rows = reply.rules
      .slice(0, 10)
      .map((rule) => [
        `  ${rule.antecedent.join(' + ')}`,
        rule.consequent,
        percent.format(rule.confidence),
        number.format(rule.lift),
        String(rule.count),
      ]);
    lines.push('', text('Bought together:', '併売:'), table([heading, ...rows]));
  }
  return lines.join('\n');
}
