import type { Locale } from '../../../core/errors.ts';

interface Words {
  readonly title: string;
  readonly period: (from: string, to: string, zone: string) => string;
  readonly footer: (organisation: string, at: string) => string;
  readonly empty: string;
  readonly none: string;
  readonly glance: string;
  readonly completed: string;
  readonly ofEnded: (rate: string) => string;
  readonly received: string;
  readonly speed: string;
  readonly speedRange: (p10: string, p90: string) => string;
  readonly duration: string;
  readonly failed: string;
  readonly cancelled: string;
  readonly linked: string;
  readonly saved: (bytes: string) => string;
  readonly wasted: string;
  readonly ofReceived: (rate: string) => string;
  readonly retries: string;
  readonly searches: string;
  readonly requests: string;
  readonly api: (median: string, p95: string) => string;
  readonly advice: string;
  readonly noAdvice: string;
  readonly course: string;
  readonly bytesByDay: string;
  readonly speedByDay: string;
  readonly byHour: string;
  readonly chart: (highest: string, total: string) => string;
  readonly trends: string;
  readonly trendsNote: string;
  readonly measure: string;
  readonly change: string;
  readonly trend: Readonly<
    Record<'downloads' | 'bytes' | 'bytesPerSecond' | 'failureRate', string>
  >;
  readonly tooLittle: string;
  readonly from: string;
  readonly sources: string;
  readonly hosts: string;
  readonly types: string;
  readonly name: string;
  readonly count: string;
  readonly bytes: string;
  readonly failures: string;
  readonly unknown: string;
  readonly safety: string;
  readonly verdicts: string;
  readonly verdict: Readonly<Record<string, string>>;
  readonly failuresTitle: string;
  readonly failureKinds: string;
  readonly reason: string;
  readonly where: string;
  readonly last: string;
  readonly pattern: Readonly<Record<string, string>>;
  readonly optimiser: string;
  readonly mode: string;
  readonly networkClass: string;
  readonly connections: string;
  readonly variation: string;
  readonly failureRate: string;
  readonly hostRecords: string;
  readonly classes: Readonly<Record<string, string>>;
  readonly modes: Readonly<Record<string, string>>;
  readonly read: string;
  readonly notes: readonly string[];
  readonly machine: (machine: string) => string;
}

const en: Words = {
  title: 'Downloads report',
  period: (from, to, zone) => `${from} – ${to} · days of ${zone}`,
  footer: (organisation, at) => `Kizashi · ${organisation} · made on ${at}`,
  empty: 'Nothing was downloaded in this period. Choose another one, or queue something.',
  none: 'None in this period.',
  glance: 'At a glance',
  completed: 'Completed',
  ofEnded: (rate) => `${rate} of those that ended`,
  received: 'Fetched',
  speed: 'Speed, median',
  speedRange: (p10, p90) => `four of five: ${p10} – ${p90}`,
  duration: 'Time, median',
  failed: 'Failed for good',
  cancelled: 'Cancelled',
  linked: 'Already there',
  saved: (bytes) => `${bytes} not fetched again`,
  wasted: 'Wasted',
  ofReceived: (rate) => `${rate} of the network`,
  retries: 'Retries each',
  searches: 'Searches',
  requests: 'Requests to sources',
  api: (median, p95) => `median ${median} ms, 95 % ${p95} ms`,
  advice: 'Advice',
  noAdvice: 'Nothing stands out.',
  course: 'Course',
  bytesByDay: 'Fetched each day',
  speedByDay: 'Speed of a download, median of each day',
  byHour: 'Completed by hour of the day',
  chart: (highest, total) => `Highest ${highest}, together ${total}.`,
  trends: 'Second half of the period against the first',
  trendsNote: 'Only where both halves have five downloads or more.',
  measure: 'Measure',
  change: 'Change',
  trend: {
    downloads: 'Completed downloads',
    bytes: 'Bytes fetched',
    bytesPerSecond: 'Speed, median',
    failureRate: 'Share that failed',
  },
  tooLittle: 'too little',
  from: 'Where from',
  sources: 'Sources',
  hosts: 'Hosts',
  types: 'Kinds of models',
  name: 'Name',
  count: 'Files',
  bytes: 'Size',
  failures: 'Failed attempts',
  unknown: 'not known',
  safety: 'Safety',
  verdicts: 'What the scanner said',
  verdict: {
    clean: 'clean',
    suspicious: 'suspicious',
    dangerous: 'dangerous',
    malformed: 'malformed',
    unscannable: 'unscannable',
  },
  failuresTitle: 'Failures',
  failureKinds: 'Failed attempts by kind',
  reason: 'Reason',
  where: 'Where they gather',
  last: 'Last',
  pattern: {
    'one-host': 'at one host',
    'one-hour': 'at one hour of the day',
    'large-files': 'with large files',
    spread: 'nowhere in particular',
  },
  optimiser: 'Optimiser',
  mode: 'Mode',
  networkClass: 'Network',
  connections: 'Best connections',
  variation: 'Variation',
  failureRate: 'Failures',
  hostRecords: 'What it knows of the hosts',
  classes: {
    UNKNOWN: 'unknown',
    EXCELLENT: 'excellent',
    GOOD: 'good',
    FAIR: 'fair',
    POOR: 'poor',
    UNSTABLE: 'unstable',
  },
  modes: { speed: 'speed', efficiency: 'efficiency', minimal: 'minimal', adaptive: 'adaptive' },
  read: 'How to read this',
  notes: [
    'The speed of a download is its size divided by the time from its start to its place in the library, checks, scan and waiting for further attempts included. So it is lower than the speed of the line.',
    'Wasted is what came over the network and did not become part of a file: pieces that were damaged or came twice.',
    'Events are written once a second. When the process is killed, those of the last second are missing here; the files and the queue are not affected.',
  ],
  machine: (machine) => `Measured on: ${machine}.`,
};

const ja: Words = {
  title: 'ダウンロードレポート',
  period: (from, to, zone) => `${from}〜${to} (${zone})`,
  footer: (organisation, at) => `Kizashi ・ ${organisation} ・ ${at} 作成`,
  empty: 'この期間のダウンロードはありません。期間を変えるか、ダウンロードを追加してください。',
  none: 'この期間にはありません。',
  glance: '概要',
  completed: '完了',
  ofEnded: (rate) => `終了したうちの ${rate}`,
  received: '取得量',
  speed: '速度 (中央値)',
  speedRange: (p10, p90) => `8 割が ${p10}〜${p90}`,
  duration: '所要時間 (中央値)',
  failed: '最終的な失敗',
  cancelled: 'キャンセル',
  linked: '既存のファイルを利用',
  saved: (bytes) => `${bytes} の再取得を回避`,
  wasted: '無駄になった量',
  ofReceived: (rate) => `受信量の ${rate}`,
  retries: '1 件あたりの再試行',
  searches: '検索',
  requests: '配布元への要求',
  api: (median, p95) => `中央値 ${median} ミリ秒、95 % 点 ${p95} ミリ秒`,
  advice: '提案',
  noAdvice: '特に目立つ点はありません。',
  course: '推移',
  bytesByDay: '日別の取得量',
  speedByDay: '日別のダウンロード速度 (中央値)',
  byHour: '時間帯別の完了件数',
  chart: (highest, total) => `最大 ${highest}、合計 ${total}。`,
  trends: '期間の前半と比べた後半の変化',
  trendsNote: '前半・後半とも 5 件以上ある場合だけ計算します。',
  measure: '指標',
  change: '変化',
  trend: {
    downloads: '完了件数',
    bytes: '取得量',
    bytesPerSecond: '速度 (中央値)',
    failureRate: '失敗の割合',
  },
  tooLittle: 'データ不足',
  from: '取得元',
  sources: '配布元',
  hosts: 'ホスト',
  types: 'モデルの種類',
  name: '名前',
  count: 'ファイル数',
  bytes: 'サイズ',
  failures: '失敗した試行',
  unknown: '不明',
  safety: '安全性',
  verdicts: 'スキャン結果',
  verdict: {
    clean: '問題なし',
    suspicious: '疑わしい',
    dangerous: '危険',
    malformed: '形式異常',
    unscannable: '検査不能',
  },
  failuresTitle: '失敗',
  failureKinds: '種類別の失敗した試行',
  reason: '理由',
  where: '偏り',
  last: '最終',
  pattern: {
    'one-host': '特定のホスト',
    'one-hour': '特定の時間帯',
    'large-files': '大きなファイル',
    spread: '偏りなし',
  },
  optimiser: '最適化',
  mode: 'モード',
  networkClass: '回線',
  connections: '最適な接続数',
  variation: 'ばらつき',
  failureRate: '失敗率',
  hostRecords: 'ホストごとの実績',
  classes: {
    UNKNOWN: '未測定',
    EXCELLENT: '非常に良い',
    GOOD: '良い',
    FAIR: '普通',
    POOR: '悪い',
    UNSTABLE: '不安定',
  },
  modes: { speed: '速度優先', efficiency: '効率優先', minimal: '最小限', adaptive: '自動' },
  read: 'このレポートの見方',
  notes: [
    '速度は、ファイルのサイズを、開始からライブラリに置かれるまでの時間で割った値です。検証・スキャン・再試行の待ち時間を含むため、回線速度より低くなります。',
    '「無駄になった量」は、受信したもののファイルの一部にならなかった量です (破損したブロックや重複して届いたブロック)。',
    'イベントは 1 秒ごとに書き込みます。プロセスが強制終了されると最後の 1 秒分はここに含まれません。ファイルとキューには影響しません。',
  ],
  machine: (machine) => `測定環境: ${machine}`,
};

export const REPORT_WORDS: Readonly<Record<Locale, Words>> = { en, ja };
