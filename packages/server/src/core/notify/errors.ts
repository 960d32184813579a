import { defineErrors } from '../errors.ts';

export const notifyErrors = defineErrors({
  NOTIFY_CHANNEL_NOT_FOUND: {
    status: 404,
    en: 'There is no such channel. It may have been removed; reload the list.',
    ja: 'この通知先はありません。削除された可能性があります。一覧を再読み込みしてください。',
  },
  NOTIFY_DELIVERY_NOT_FOUND: {
    status: 404,
    en: 'There is no such delivery.',
    ja: 'この配信はありません。',
  },
  NOTIFY_DELIVERY_SENT: {
    status: 409,
    en: 'This message was delivered already; it is not sent twice.',
    ja: 'このメッセージは配信済みのため、再送しません。',
  },
  NOTIFY_TEST_FAILED: {
    status: 422,
    retryable: true,
    en: 'The test message was not delivered: {reason}',
    ja: 'テストメッセージを配信できませんでした: {reason}',
  },
  NOTIFY_CHANNEL_KIND_CHANGED: {
    status: 409,
    en: 'The kind of a channel cannot be changed. Make a new channel instead.',
    ja: '通知先の種類は変更できません。新しい通知先を作成してください。',
  },
  // Why a delivery failed. Retryable ones are tried again by themselves.
  NOTIFY_CHANNEL_OFF: {
    status: 422,
    en: 'The channel was removed or is switched off. Switch it on and retry.',
    ja: '通知先が削除されたか、無効になっています。有効にして再試行してください。',
  },
  NOTIFY_SEND_FAILED: {
    status: 500,
    retryable: true,
    en: 'Sending stopped with an unexpected error. An administrator finds it in the log under the delivery id.',
    ja: '予期しないエラーで送信できませんでした。詳細はログに配信 ID とともに記録されています。',
  },
  NOTIFY_SMTP_OFF: {
    status: 422,
    en: 'E-mail is off: set KIZASHI_SMTP_URL to a mail server and retry.',
    ja: 'メール送信は無効です。KIZASHI_SMTP_URL にメールサーバーを設定して再試行してください。',
  },
  NOTIFY_SMTP_REFUSED: {
    status: 422,
    en: 'The mail server refused the message: {words}',
    ja: 'メールサーバーがメッセージを拒否しました: {words}',
  },
  NOTIFY_SMTP_REFUSED_PARTLY: {
    status: 422,
    en: 'Delivered, except to {addresses}: {words}. Correct these addresses in the channel; a retry reaches everybody again.',
    ja: '{addresses} 以外には配信しました: {words}。通知先のアドレスを修正してください。再試行すると全員に再送されます。',
  },
  NOTIFY_SMTP_DEFERRED: {
    status: 503,
    retryable: true,
    en: 'The mail server asks to try again later: {words}',
    ja: 'メールサーバーが後で再試行するよう求めています: {words}',
  },
  NOTIFY_SMTP_UNREACHABLE: {
    status: 503,
    retryable: true,
    en: 'The mail server cannot be reached ({code}). Check that it runs and that KIZASHI_SMTP_URL is right.',
    ja: 'メールサーバーに接続できません ({code})。動作していることと KIZASHI_SMTP_URL を確認してください。',
  },
  NOTIFY_WEBHOOK_REFUSED: {
    status: 422,
    en: '{host} answered {status}. Check the address of the webhook.',
    ja: '{host} が {status} を返しました。Webhook のアドレスを確認してください。',
  },
  NOTIFY_WEBHOOK_DEFERRED: {
    status: 503,
    retryable: true,
    en: '{host} answered {status} and may accept the message later.',
    ja: '{host} が {status} を返しました。後で受け付けられる可能性があります。',
  },
  NOTIFY_WEBHOOK_UNREACHABLE: {
    status: 503,
    retryable: true,
    en: '{host} cannot be reached ({code}). Check the address of the webhook and that its server runs.',
    ja: '{host} に接続できません ({code})。Webhook のアドレスと、相手のサーバーの動作を確認してください。',
  },
  NOTIFY_WEBHOOK_PRIVATE: {
    status: 422,
    en: 'The webhook leads to a private address. Set KIZASHI_WEBHOOK_ALLOW_PRIVATE=true if that is meant.',
    ja: 'Webhook がプライベートアドレスを指しています。意図したものであれば KIZASHI_WEBHOOK_ALLOW_PRIVATE=true を設定してください。',
  },
});
