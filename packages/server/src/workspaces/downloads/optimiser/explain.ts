import type { Locale } from '../../../core/errors.ts';
import type { ReportFormat } from '../../../core/reports/format.ts';
import type { Decision } from './optimiser.ts';

type Values = Readonly<Record<string, string>>;
type Write = (values: Values) => string;

/** What each reason means, with its numbers. `to` are the connections chosen. */
const TEXTS: Readonly<Record<string, Readonly<Record<Locale, Write>>>> = {
  start: {
    en: ({ to }) => `Begins with ${to} connections: nothing is known of this host yet.`,
    ja: ({ to }) => `このホストの実績がないため、${to} 接続から始めます。`,
  },
  history: {
    en: ({ to, speed }) =>
      `Begins with ${to} connections, which were best for this host before (${speed}).`,
    ja: ({ to, speed }) => `このホストで以前最適だった ${to} 接続から始めます (${speed})。`,
  },
  'small-files': {
    en: ({ to }) =>
      `${to} files side by side: they are small, and most of their time is waiting for the first byte.`,
    ja: ({ to }) => `小さなファイルは応答待ちの時間が大半のため、${to} 個を並行して取得します。`,
  },
  'probe-up': {
    en: ({ from, to, speed }) =>
      `Tries ${to} connections instead of ${from}, to see whether more than ${speed} comes.`,
    ja: ({ from, to, speed }) => `${from} から ${to} 接続に増やし、${speed} を超えるか確かめます。`,
  },
  'probe-down': {
    en: ({ from, to, speed }) =>
      `Tries ${to} connections instead of ${from}, to see whether ${speed} stays.`,
    ja: ({ from, to, speed }) => `${from} から ${to} 接続に減らし、${speed} を保てるか確かめます。`,
  },
  gain: {
    en: ({ from, to, gain }) =>
      `Stays with ${to} connections: ${gain} more throughput than with ${from}.`,
    ja: ({ from, to, gain }) => `${to} 接続を使います。${from} 接続より ${gain} 速くなりました。`,
  },
  'no-gain': {
    en: ({ from, to, gain }) =>
      `Goes back from ${from} to ${to} connections: they brought a change of ${gain}, too little.`,
    ja: ({ from, to, gain }) =>
      `${from} から ${to} 接続に戻します。変化は ${gain} で、十分ではありませんでした。`,
  },
  'fewer-suffice': {
    en: ({ from, to, loss }) =>
      `${to} connections suffice: only ${loss} less throughput than with ${from}.`,
    ja: ({ from, to, loss }) => `${to} 接続で足ります。${from} 接続との差は ${loss} だけでした。`,
  },
  refused: {
    en: ({ from, to, refusals }) =>
      `Down from ${from} to ${to} connections: the server refused ${refusals} of them.`,
    ja: ({ from, to, refusals }) =>
      `サーバーが ${refusals} 回拒否したため、${from} から ${to} 接続に減らします。`,
  },
  errors: {
    en: ({ failureRate, variation, piece }) =>
      `The line is unsteady: ${failureRate} of the requests fail, and the speed varies by ${variation}. The number of connections stays, pieces become smaller (${piece}).`,
    ja: ({ failureRate, variation, piece }) =>
      `回線が不安定です (要求の失敗 ${failureRate}、速度の変動 ${variation})。接続数は保ち、1 回の取得量を小さくします (${piece})。`,
  },
  'line-changed': {
    en: ({ before, now }) =>
      `The line has changed: ${now} instead of ${before}. The number of connections is looked for anew.`,
    ja: ({ before, now }) =>
      `回線の状態が変わりました (${before} → ${now})。接続数を選び直します。`,
  },
  'thread-bound': {
    en: ({ to, cpu }) =>
      `Stays with ${to} connections: what fetches is at its end (${cpu} busy) and could not read what more of them bring.`,
    ja: ({ to, cpu }) =>
      `受信処理が限界 (稼働率 ${cpu}) で、増やしても読み切れないため、${to} 接続のままにします。`,
  },
  'cpu-bound': {
    en: ({ to, cpu }) =>
      `Stays with ${to} connections: the processor is busy (${cpu}), more would only cost.`,
    ja: ({ to, cpu }) => `CPU の使用率が ${cpu} のため、${to} 接続のままにします。`,
  },
  'disk-bound': {
    en: ({ to, ms }) =>
      `Stays with ${to} connections: the disk takes ${ms} ms for a MiB and can take no more.`,
    ja: ({ to, ms }) =>
      `ディスクの書き込みが限界 (1 MiB に ${ms} ミリ秒) のため、${to} 接続のままにします。`,
  },
  memory: {
    en: ({ to }) => `At most ${to} connections: little memory is free.`,
    ja: ({ to }) => `空きメモリーが少ないため、${to} 接続までにします。`,
  },
  cap: {
    en: ({ to }) => `${to} connections: the settings allow no more of them, or no more speed.`,
    ja: ({ to }) => `設定の上限 (接続数または速度) により、${to} 接続にします。`,
  },
  mode: {
    en: ({ to }) => `${to} connections: the mode allows no more.`,
    ja: ({ to }) => `選択中のモードの上限により、${to} 接続にします。`,
  },
};

export const REASONS = Object.keys(TEXTS);

/** A decision in words, for the page and the report. */
export function explain(decision: Decision, words: ReportFormat): string {
  const { numbers } = decision;
  const text: Record<string, string> = {
    to: String(decision.connections),
    piece: words.bytes(decision.pieceBytes),
    speed: words.speed(numbers.bytesPerSecond ?? 0),
  };
  for (const [name, value] of Object.entries(numbers)) {
    if (name === 'to') continue;
    if (name === 'before' || name === 'now') text[name] = words.speed(value);
    else if (name === 'gain') text[name] = words.change(value);
    else if (name === 'loss' || name === 'cpu' || name === 'failureRate' || name === 'variation') {
      text[name] = words.percent(value);
    } else text[name] = words.number(value);
  }
  return TEXTS[decision.reason]?.[words.locale](text) ?? decision.reason;
}
