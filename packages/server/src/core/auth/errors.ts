import { defineErrors } from '../errors.ts';

/** Failures of sign-in and of managing users. */
export const authErrors = defineErrors({
  AUTH_REQUIRED: {
    status: 401,
    en: 'Sign in, or send a valid token with `Authorization: Bearer kzs_…`.',
    ja: 'サインインするか、有効なトークンを `Authorization: Bearer kzs_…` で送信してください。',
  },
  AUTH_FORBIDDEN: {
    status: 403,
    en: 'This needs the permission {permission}. Ask an administrator for it, or use a token with that scope.',
    ja: 'この操作には権限 {permission} が必要です。管理者に依頼するか、その範囲を持つトークンを使ってください。',
  },
  AUTH_WRONG_CREDENTIALS: {
    status: 401,
    en: 'E-mail address or password is wrong. Check both and try again.',
    ja: 'メールアドレスまたはパスワードが違います。確認して再試行してください。',
  },
  AUTH_BLOCKED: {
    status: 429,
    retryable: true,
    en: 'Too many failed attempts for this account. Wait {seconds} seconds and try again.',
    ja: 'このアカウントの失敗が多すぎます。{seconds} 秒待ってから再試行してください。',
  },
  AUTH_TOTP_REQUIRED: {
    status: 401,
    en: 'Enter the code of your authenticator app, or a recovery code.',
    ja: '認証アプリのコード、または回復コードを入力してください。',
  },
  AUTH_TOTP_WRONG: {
    status: 403,
    en: 'The code is wrong or was used already. Wait for the next one and enter it.',
    ja: 'コードが違うか、使用済みです。次のコードを待って入力してください。',
  },
  AUTH_TOTP_NOT_BEGUN: {
    status: 409,
    en: 'There is no authenticator to confirm. Begin the set-up again.',
    ja: '確認待ちの認証アプリがありません。設定を最初からやり直してください。',
  },
  AUTH_TOTP_ALREADY: {
    status: 409,
    en: 'Two-step sign-in is on already. Remove it first to set it up anew.',
    ja: '二段階認証はすでに有効です。設定し直すには先に解除してください。',
  },
  AUTH_PASSWORD_WRONG: {
    status: 403,
    en: 'The current password is wrong.',
    ja: '現在のパスワードが違います。',
  },
  AUTH_LINK_INVALID: {
    status: 403,
    en: 'This link is not valid any more: it was used, has expired, or was replaced. Ask for a new one.',
    ja: 'このリンクは無効です (使用済み、期限切れ、または再発行済み)。新しいリンクを依頼してください。',
  },
  AUTH_SETUP_DONE: {
    status: 409,
    en: 'An administrator exists already. Sign in instead.',
    ja: '管理者はすでに登録されています。サインインしてください。',
  },
  AUTH_REGISTRATION_CLOSED: {
    status: 403,
    en: 'Registration is not open. Ask an administrator for an invitation.',
    ja: '登録は受け付けていません。管理者に招待を依頼してください。',
  },
  AUTH_EMAIL_TAKEN: {
    status: 409,
    en: 'There is an account with this e-mail address. Sign in, or ask an administrator for a reset link.',
    ja: 'このメールアドレスのアカウントがすでにあります。サインインするか、管理者に再設定リンクを依頼してください。',
  },
  AUTH_EMAIL_NOT_INVITED: {
    status: 403,
    en: 'The invitation is for another e-mail address. Register with the invited one.',
    ja: '招待は別のメールアドレス宛てです。招待されたアドレスで登録してください。',
  },
  AUTH_SESSION_NEEDED: {
    status: 403,
    en: 'This can only be done by a person who is signed in, not with a token.',
    ja: 'この操作はサインインした本人だけが行えます。トークンでは行えません。',
  },
  AUTH_LAST_ADMINISTRATOR: {
    status: 409,
    en: 'This is the last active administrator. Make someone else administrator first.',
    ja: '最後の有効な管理者です。先に別の利用者を管理者にしてください。',
  },
  AUTH_SCOPES_EXCEED: {
    status: 403,
    en: 'A token cannot do more than its owner, or than you. Remove these scopes: {scopes}',
    ja: 'トークンには、所有者にも自分にもある権限だけを付けられます。次の範囲を外してください: {scopes}',
  },
  AUTH_EXPIRY_PAST: {
    status: 400,
    en: 'The expiry lies in the past. Choose a later time.',
    ja: '有効期限が過去です。後の日時を選んでください。',
  },
  AUTH_KEY_UNREADABLE: {
    status: 500,
    en: 'The key file {path} cannot be used: {reason}. Restore it from a backup, or set KIZASHI_SECRET.',
    ja: '鍵ファイル {path} を使えません: {reason}。バックアップから戻すか、KIZASHI_SECRET を設定してください。',
  },
  AUTH_SEALED_UNREADABLE: {
    status: 500,
    en: 'A stored secret cannot be opened with the current key. Use the key it was stored with (KIZASHI_SECRET or the key file), or enter the secret again.',
    ja: '保存された秘密情報を現在の鍵で開けません。保存時の鍵 (KIZASHI_SECRET または鍵ファイル) を使うか、入力し直してください。',
  },
});
