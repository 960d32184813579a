import type { Locale } from '../../errors.ts';

const FOOTER = {
  en: 'Sent by Kizashi because you are a recipient of this notification channel.',
  ja: 'この通知先に登録されているため、Kizashi から送信されました。',
} as const;

/** A mail that reads well without styles or pictures: rows of label and value, and one link. All text is escaped. */
export function layoutHtml(options: {
  readonly locale: Locale;
  readonly title: string;
  readonly rows: readonly (readonly [label: string, value: string])[];
  readonly link: string;
  readonly linkText: string;
}): string {
  const rows = options.rows
    .map(
      ([label, value]) =>
        `<tr><td style="padding:4px 16px 4px 0;color:#555">${escapeHtml(label)}</td>` +
        `<td style="padding:4px 0"><strong>${escapeHtml(value)}</strong></td></tr>`,
    )
    .join('');
  return (
    `<!doctype html><html lang="${options.locale}"><head><meta charset="utf-8"></head>` +
    '<body style="font-family:sans-serif;color:#1a1a1a">' +
    `<h1 style="font-size:18px">${escapeHtml(options.title)}</h1><table>${rows}</table>` +
    `<p><a href="${escapeHtml(options.link)}">${escapeHtml(options.linkText)}</a></p>` +
    `<p style="color:#777;font-size:12px">${FOOTER[options.locale]}</p></body></html>`
  );
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
