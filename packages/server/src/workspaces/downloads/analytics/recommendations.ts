import type { Locale } from '../../../core/errors.ts';
import type { ReportFormat } from '../../../core/reports/format.ts';
import type { AnalyticsFigures } from './figures.ts';
import type { Outcomes } from './outcomes.ts';

/** An advice as a code with what it rests on; `recommendationText` puts it in words. */
export interface Recommendation {
  readonly code: RecommendationCode;
  readonly numbers: Readonly<Record<string, number>>;
  readonly names: Readonly<Record<string, string>>;
}

type RecommendationCode = keyof typeof TEXTS;

/** Of a host's downloads before anything is said of it. */
const LEAST = 10;
const HOST_FAILURE_RATE = 0.2;
const WASTE_RATE = 0.03;
const RETRIES = 0.5;
const FASTER_HOURS = 1.5;
const SLOW_API_MS = 3000;
const WINDOW_HOURS = 4;
/** Codes of failures that say the same thing to do. */
const SIGN_IN = /LOGIN|TOKEN|UNAUTHORI[SZ]ED|FORBIDDEN|GATED|EARLY_ACCESS/;
const NO_SPACE = /DISK_FULL|NO_SPACE/;

/** What the figures advise, the most pressing first. Each rests on numbers that are given with it. */
export function recommend(
  figures: Omit<AnalyticsFigures, 'recommendations'>,
  outcomes: Outcomes,
): Recommendation[] {
  const found: Recommendation[] = [];
  const add = (
    code: RecommendationCode,
    numbers: Record<string, number>,
    names: Record<string, string> = {},
  ) => found.push({ code, numbers, names });
  const failed = (codes: RegExp) =>
    figures.failures
      .filter((failure) => codes.test(failure.code))
      .reduce((sum, failure) => sum + failure.count, 0);
  const { usage, performance } = figures;

  const noSpace = failed(NO_SPACE);
  if (noSpace > 0) add('free-space', { count: noSpace });
  const signIn = failed(SIGN_IN);
  if (signIn > 0) add('sign-in', { count: signIn });
  for (const host of figures.hosts) {
    const all = host.count + host.failures;
    const rate = host.failures / all;
    if (all >= LEAST && rate >= HOST_FAILURE_RATE) {
      add('host-fails', { rate, failures: host.failures, all }, { host: host.name });
    }
  }
  const dangerous = figures.verdicts.find(({ name }) => name === 'dangerous')?.count ?? 0;
  if (dangerous > 0) add('dangerous-files', { count: dangerous });
  const waste = usage.wastedBytes / (usage.bytes + usage.wastedBytes);
  if (usage.completed >= LEAST && waste >= WASTE_RATE) {
    add('waste', { rate: waste, bytes: usage.wastedBytes });
  }
  const retries = performance.retriesPerDownload ?? 0;
  if (usage.completed >= LEAST && retries >= RETRIES) add('retries', { retries });
  const window = fastHours(outcomes);
  if (window) add('fast-hours', window);
  if ((performance.p95ApiMs ?? 0) >= SLOW_API_MS && usage.apiRequests >= LEAST) {
    add('slow-api', { ms: performance.p95ApiMs ?? 0 });
  }
  return found;
}

/** The four hours in a row with the best speed, where they are clearly better than the rest of the day. */
function fastHours({ hours, speeds }: Outcomes) {
  const usual = speeds.quantile(0.5);
  if (usual === null || usual === 0) return null;
  let best: { from: number; to: number; factor: number } | null = null;
  for (let from = 0; from < 24; from++) {
    const window = Array.from({ length: WINDOW_HOURS }, (_, i) => hours[(from + i) % 24]!);
    // A few downloads in an hour say nothing of that hour.
    if (window.some((hour) => hour.speeds.n < LEAST)) continue;
    const slowest = Math.min(...window.map((hour) => hour.speeds.quantile(0.5) ?? 0));
    const factor = slowest / usual;
    if (factor >= FASTER_HOURS && factor > (best?.factor ?? 0)) {
      best = { from, to: (from + WINDOW_HOURS) % 24, factor };
    }
  }
  return best;
}

type Write = (numbers: Readonly<Record<string, string>>) => string;

const TEXTS = {
  'free-space': {
    en: ({ count }) =>
      `${count} downloads stopped because the disk was full. Make room, or keep more free bytes in the settings so that nothing is begun that does not fit.`,
    ja: ({ count }) =>
      `ディスク不足で ${count} 件のダウンロードが止まりました。空きを増やすか、設定の「残しておくディスク容量」を大きくしてください。`,
  },
  'sign-in': {
    en: ({ count }) =>
      `Refused without a valid token: ${count}. Enter one for the source in the settings, and accept the terms on the model’s page where it asks for that.`,
    ja: ({ count }) =>
      `有効なトークンがないため ${count} 件が拒否されました。設定で配布元のトークンを入力し、必要ならモデルのページで利用条件に同意してください。`,
  },
  'host-fails': {
    en: ({ host, rate, failures, all }) =>
      `${host} fails often: ${failures} of ${all} downloads (${rate}). Lower its limit of connections in the settings.`,
    ja: ({ host, rate, failures, all }) =>
      `${host} の失敗が多くなっています: ${all} 件中 ${failures} 件 (${rate})。設定でこのホストの接続数の上限を下げてください。`,
  },
  'dangerous-files': {
    en: ({ count }) =>
      `Found dangerous and set aside in quarantine: ${count}. Look for the same model as safetensors before you release one.`,
    ja: ({ count }) =>
      `${count} 個のファイルが危険と判定され、隔離されています。解放する前に、同じモデルの safetensors 版を探してください。`,
  },
  waste: {
    en: ({ rate, bytes }) =>
      `${rate} of what came over the network was of no use (${bytes}). The mode “Efficiency” uses fewer connections, so that a failure costs less.`,
    ja: ({ rate, bytes }) =>
      `受信量の ${rate} (${bytes}) が無駄になりました。モード「効率優先」は接続数を抑えるため、失敗 1 回あたりの損失が小さくなります。`,
  },
  retries: {
    en: ({ retries }) =>
      `A download needed ${retries} further attempts on average. The line or the hosts are unsteady; fewer files at once may help.`,
    ja: ({ retries }) =>
      `1 件あたり平均 ${retries} 回の再試行がありました。回線またはホストが不安定です。同時ファイル数を減らすと改善することがあります。`,
  },
  'fast-hours': {
    en: ({ from, to, factor }) =>
      `Between ${from}:00 and ${to}:00 downloads run ${factor} times as fast as usual. Give large jobs these hours in the schedule.`,
    ja: ({ from, to, factor }) =>
      `${from}:00〜${to}:00 は通常の ${factor} 倍の速度です。大きなジョブはスケジュールでこの時間帯に回してください。`,
  },
  'slow-api': {
    en: ({ ms }) =>
      `One in twenty requests to a source takes ${ms} ms or longer. A mirror may answer sooner; its address is a setting.`,
    ja: ({ ms }) =>
      `配布元への要求の 20 件に 1 件が ${ms} ミリ秒以上かかっています。ミラーの利用を検討してください (アドレスは設定で変更できます)。`,
  },
} as const satisfies Record<string, Record<Locale, Write>>;

export function recommendationText(
  { code, numbers, names }: Recommendation,
  words: ReportFormat,
): string {
  const text: Record<string, string> = { ...names };
  for (const [name, value] of Object.entries(numbers)) {
    if (name === 'rate') text[name] = words.percent(value);
    else if (name === 'bytes') text[name] = words.bytes(value);
    else text[name] = words.number(value);
  }
  return (TEXTS[code][words.locale] as Write)(text);
}
