import { layoutHtml } from './html.ts';
import type { Template } from './template.ts';

/** Sent by the Test button of a channel. */
export const testMessage: Template<{ channel: string; link: string }> = (
  { channel, link },
  locale,
) => {
  const subject =
    locale === 'ja' ? `Kizashi テスト通知（${channel}）` : `Kizashi test message (${channel})`;
  const words =
    locale === 'ja'
      ? 'この通知先は正しく動作しています。'
      : 'This channel works. Nothing needs to be done.';
  return {
    subject,
    text: `${words}\n\n${link}\n`,
    html: layoutHtml({
      locale,
      title: words,
      rows: [[locale === 'ja' ? '通知先' : 'Channel', channel]],
      link,
      linkText: locale === 'ja' ? 'Kizashi を開く' : 'Open Kizashi',
    }),
    link,
    data: { type: 'test' },
  };
};
