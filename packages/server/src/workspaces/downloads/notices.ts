import { layoutHtml } from '../../core/notify/templates/html.ts';
import type { Template } from '../../core/notify/templates/template.ts';
import { reasonTexts, verdictTexts } from './scan/reason-texts.ts';
import type { Verdict } from './scan-contract.ts';

export interface JobNotice {
  readonly name: string;
  readonly failed: boolean;
  readonly completedFiles: number;
  readonly failedFiles: number;
  readonly bytes: number;
  readonly jobId: string;
  readonly link: string;
}

/** A job has ended. */
export const jobNotice: Template<JobNotice> = (job, locale) => {
  const ja = locale === 'ja';
  const title = job.failed
    ? ja
      ? `ダウンロードに失敗したファイルがあります: ${job.name}`
      : `Downloads failed: ${job.name}`
    : ja
      ? `ダウンロードが完了しました: ${job.name}`
      : `Downloads completed: ${job.name}`;
  const rows: [string, string][] = [
    [ja ? '完了' : 'Completed', files(job.completedFiles, locale)],
    ...(job.failed
      ? ([[ja ? '失敗' : 'Failed', files(job.failedFiles, locale)]] as [string, string][])
      : []),
    [ja ? 'サイズ' : 'Size', size(job.bytes, locale)],
  ];
  return message({
    title,
    rows,
    link: job.link,
    linkText: ja ? 'ダウンロードを開く' : 'Open the downloads',
    locale,
    data: {
      type: 'downloads.job',
      jobId: job.jobId,
      state: job.failed ? 'FAILED' : 'COMPLETED',
      completed: job.completedFiles,
      failed: job.failedFiles,
      bytes: job.bytes,
    },
  });
};

export interface QuarantineNotice {
  readonly fileId: string;
  readonly path: string;
  readonly verdict: Verdict;
  readonly reasons: readonly string[];
  readonly sha256: string;
  readonly link: string;
}

/** A file was set aside. */
export const quarantineNotice: Template<QuarantineNotice> = (file, locale) => {
  const ja = locale === 'ja';
  return message({
    title: ja ? `ファイルを隔離しました: ${file.path}` : `A file was quarantined: ${file.path}`,
    rows: [
      [ja ? '判定' : 'Verdict', verdictTexts[file.verdict][locale]],
      [
        ja ? '理由' : 'Reasons',
        reasonTexts(file.reasons)
          .map((text) => text[locale])
          .join(ja ? '、' : '; '),
      ],
      ['SHA-256', file.sha256],
    ],
    link: file.link,
    linkText: ja ? '隔離されたファイルを確認する' : 'Look at the quarantined file',
    locale,
    data: {
      type: 'downloads.quarantined',
      fileId: file.fileId,
      path: file.path,
      verdict: file.verdict,
      reasons: file.reasons,
    },
  });
};

function message(given: {
  title: string;
  rows: readonly (readonly [string, string])[];
  link: string;
  linkText: string;
  locale: 'en' | 'ja';
  data: Readonly<Record<string, unknown>>;
}) {
  const { title, rows, link, linkText, locale, data } = given;
  return {
    subject: `[Kizashi] ${title}`,
    text: `${title}\n\n${rows.map(([label, text]) => `${label}: ${text}`).join('\n')}\n\n${link}\n`,
    html: layoutHtml({ locale, title, rows, link, linkText }),
    link,
    data,
  };
}

function files(n: number, locale: 'en' | 'ja'): string {
  if (locale === 'ja') return `${n} 件`;
  return n === 1 ? '1 file' : `${n} files`;
}

function size(bytes: number, locale: 'en' | 'ja'): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const format = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[step]!,
    maximumFractionDigits: 1,
  });
  return format.format(bytes / 1000 ** step);
}
