import { defineErrors } from '../../../core/errors.ts';

/** `host` is a name without path or query: addresses may be secrets. */
export const transferErrors = defineErrors({
  DOWNLOADS_ADDRESS_INVALID: {
    status: 400,
    en: 'This is not an address that files can be fetched from. Give one that begins with http:// or https://.',
    ja: 'ファイルを取得できるアドレスではありません。http:// または https:// で始まるアドレスを指定してください。',
  },
  DOWNLOADS_ADDRESS_PRIVATE: {
    status: 403,
    en: '{host} is an address of this machine or of a private network, which downloads may not reach. An administrator can allow it (KIZASHI_DOWNLOADS_PRIVATE_ADDRESSES).',
    ja: '{host} はこのマシンまたは私設ネットワークのアドレスのため、ダウンロードからは接続できません。管理者が許可できます（KIZASHI_DOWNLOADS_PRIVATE_ADDRESSES）。',
  },
  DOWNLOADS_UNREACHABLE: {
    status: 502,
    retryable: true,
    en: '{host} cannot be reached ({reason}). Check the network, the proxy and the address; it is tried again.',
    ja: '{host} に接続できません（{reason}）。ネットワーク、プロキシ、アドレスを確認してください。再試行します。',
  },
  DOWNLOADS_CERTIFICATE: {
    status: 502,
    en: 'The certificate of {host} is not accepted ({reason}), so nothing was fetched. Check the clock and the certificates of this machine.',
    ja: '{host} の証明書が受け入れられないため（{reason}）、何も取得していません。このマシンの時計と証明書を確認してください。',
  },
  DOWNLOADS_PROXY_REFUSED: {
    status: 502,
    retryable: true,
    en: 'The proxy refused the way to {host} (status {status}). Check the address and the password of the proxy.',
    ja: 'プロキシが {host} への接続を拒否しました（ステータス {status}）。プロキシのアドレスとパスワードを確認してください。',
  },
  DOWNLOADS_CONNECTION_LOST: {
    status: 502,
    retryable: true,
    en: 'The connection to {host} broke again and again. What was fetched is kept; it is tried again later.',
    ja: '{host} との接続が繰り返し切れました。取得済みのデータは保持され、後で再試行します。',
  },
  DOWNLOADS_STALLED: {
    status: 504,
    retryable: true,
    en: 'Nothing more came from {host}. What was fetched is kept; it is tried again later.',
    ja: '{host} からデータが届かなくなりました。取得済みのデータは保持され、後で再試行します。',
  },
  DOWNLOADS_HOST_BUSY: {
    status: 503,
    retryable: true,
    en: '{host} asks to come back later (status {status}). What was fetched is kept; it is tried again.',
    ja: '{host} が混雑しています（ステータス {status}）。取得済みのデータは保持され、再試行します。',
  },
  DOWNLOADS_UNAUTHORISED: {
    status: 401,
    en: '{host} wants a sign-in for this file (status 401). Enter a valid token on the settings page of Downloads.',
    ja: '{host} がこのファイルにサインインを求めています（ステータス 401）。ダウンロードの設定ページで有効なトークンを登録してください。',
  },
  DOWNLOADS_FORBIDDEN: {
    status: 403,
    en: '{host} does not allow this file to be fetched (status 403). Check the token and whether the account may have the file.',
    ja: '{host} がこのファイルの取得を許可していません（ステータス 403）。トークンと、アカウントの権限を確認してください。',
  },
  DOWNLOADS_NOT_FOUND: {
    status: 404,
    en: '{host} does not have this file (status {status}). It may have been removed; look it up again.',
    ja: '{host} にこのファイルがありません（ステータス {status}）。削除された可能性があります。もう一度探してください。',
  },
  DOWNLOADS_REJECTED: {
    status: 502,
    en: '{host} rejected the request (status {status}). Check the address and the token.',
    ja: '{host} がリクエストを拒否しました（ステータス {status}）。アドレスとトークンを確認してください。',
  },
  DOWNLOADS_REDIRECT_INVALID: {
    status: 502,
    en: '{host} leads nowhere: {reason}. Look the file up again.',
    ja: '{host} の転送先が正しくありません: {reason}。ファイルをもう一度探してください。',
  },
  DOWNLOADS_ANSWER_INVALID: {
    status: 502,
    retryable: true,
    en: '{host} answered again and again with something else than the part of the file that was asked for ({reason}). Nothing of it was kept; it is tried again later.',
    ja: '{host} が要求した部分とは異なる応答を繰り返しました（{reason}）。その内容は保存していません。後で再試行します。',
  },
  DOWNLOADS_PAGE_INSTEAD_OF_FILE: {
    status: 502,
    en: '{host} answered with a web page instead of the file. The file may need a sign-in: check the token and the address.',
    ja: '{host} がファイルの代わりにウェブページを返しました。サインインが必要な可能性があります。トークンとアドレスを確認してください。',
  },
  DOWNLOADS_SIZE_MISMATCH: {
    status: 502,
    en: '{host} has a file of {actual} bytes, {expected} were promised. It is not the file that was asked for: look it up again.',
    ja: '{host} のファイルは {actual} バイトで、想定は {expected} バイトです。要求したファイルではありません。もう一度探してください。',
  },
  DOWNLOADS_FILE_CHANGES: {
    status: 502,
    retryable: true,
    en: 'The file changes at {host} while it is fetched, even after starting over. Try again when it is settled.',
    ja: '取得中に {host} のファイルが変わり、最初からやり直しても同じでした。落ち着いてから再試行してください。',
  },
  DOWNLOADS_HASH_MISMATCH: {
    status: 422,
    en: 'The content does not agree with the promised {hash}, and every part came the same twice: the promise is wrong, or the file was replaced at {host}. Nothing was put into the library. Look the file up again.',
    ja: '内容が記載の {hash} と一致せず、どの部分も 2 回同じでした。記載が誤っているか、{host} でファイルが差し替えられています。ライブラリには何も入れていません。もう一度探してください。',
  },
  DOWNLOADS_DISK_FULL: {
    status: 507,
    retryable: true,
    en: 'There is no space left on the disk of the library. What was fetched is kept; free some space and it goes on.',
    ja: 'ライブラリのディスクに空きがありません。取得済みのデータは保持されます。空きを作ると続行します。',
  },
  DOWNLOADS_FOLDER_NOT_WRITABLE: {
    status: 500,
    en: 'The folder for unfinished downloads cannot be written to ({reason}). Give the account of Kizashi the right to write there, then retry.',
    ja: '未完了のダウンロード用フォルダーに書き込めません（{reason}）。Kizashi のアカウントに書き込み権限を与えてから再試行してください。',
  },
  DOWNLOADS_DISK_FAILED: {
    status: 500,
    retryable: true,
    en: 'The disk of the library failed ({reason}). What can be read again is kept; check the disk.',
    ja: 'ライブラリのディスクでエラーが発生しました（{reason}）。読み出せるデータは保持されます。ディスクを確認してください。',
  },
  DOWNLOADS_THREAD_ENDED: {
    status: 500,
    retryable: true,
    en: 'The thread that fetches files ended ({reason}). What was fetched is kept; it is tried again.',
    ja: 'ファイルを取得するスレッドが終了しました（{reason}）。取得済みのデータは保持され、再試行します。',
  },
});
