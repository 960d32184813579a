import { defineErrors } from '../errors.ts';

/** Failures of the HTTP edge. `seconds` becomes `Retry-After`. */
export const httpErrors = defineErrors({
  RATE_LIMITED: {
    status: 429,
    retryable: true,
    en: 'Too many requests. Wait {seconds} seconds and try again.',
    ja: 'リクエストが多すぎます。{seconds} 秒待ってから再試行してください。',
  },
  CROSS_SITE_REFUSED: {
    status: 403,
    en: 'This request came from another site and was refused. Open Kizashi itself and try again; if it sits behind a proxy, set KIZASHI_URL to the address people use.',
    ja: '他のサイトからのリクエストのため拒否しました。Kizashi を直接開いて再試行してください。プロキシの背後にある場合は KIZASHI_URL に利用者のアドレスを設定してください。',
  },
  MEDIA_TYPE_UNSUPPORTED: {
    status: 415,
    en: 'This media type is not understood here. Send JSON with `Content-Type: application/json`.',
    ja: 'このメディアタイプは受け付けていません。`Content-Type: application/json` の JSON を送信してください。',
  },
  BODY_NOT_JSON: {
    status: 400,
    en: 'The body is not valid JSON. Check quotation marks, commas and brackets; without a body, leave `Content-Type` out.',
    ja: '本文が正しい JSON ではありません。引用符、カンマ、括弧を確認してください。本文がない場合は `Content-Type` を付けないでください。',
  },
  CURSOR_INVALID: {
    status: 400,
    en: 'The cursor is not one that this list gave out. Start again without `cursor`.',
    ja: 'カーソルがこの一覧のものではありません。`cursor` なしで最初から取得してください。',
  },
  IDEMPOTENCY_KEY_INVALID: {
    status: 400,
    en: 'Idempotency-Key must be 1 to 200 visible ASCII characters.',
    ja: 'Idempotency-Key は 1〜200 文字の表示可能な ASCII 文字にしてください。',
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    en: 'This Idempotency-Key was used for a different request. Use a new key for each new request.',
    ja: 'この Idempotency-Key は別の内容のリクエストで使用済みです。新しいリクエストには新しいキーを使ってください。',
  },
  IDEMPOTENCY_IN_PROGRESS: {
    status: 409,
    retryable: true,
    en: 'The first request with this Idempotency-Key is still being carried out. Ask again in {seconds} seconds.',
    ja: 'この Idempotency-Key の最初のリクエストを処理中です。{seconds} 秒後に再試行してください。',
  },
  CALLER_GONE: {
    status: 499,
    en: 'The caller went away before the answer was ready.',
    ja: '応答の準備中に呼び出し元が切断しました。',
  },
  ROUTES_WITHOUT_PERMISSION: {
    status: 500,
    en: 'Every route must declare `config.permission` as public, signed-in or a declared permission. Wrong: {routes}',
    ja: 'すべてのルートは `config.permission` に public、signed-in、または宣言済みの権限を指定する必要があります。誤り: {routes}',
  },
  SENTRY_MISSING: {
    status: 500,
    en: 'KIZASHI_SENTRY_DSN is set but the package @sentry/node is not installed. Run `npm install @sentry/node`, or unset it.',
    ja: 'KIZASHI_SENTRY_DSN が設定されていますが、@sentry/node がインストールされていません。`npm install @sentry/node` を実行するか、設定を外してください。',
  },
});
