import { defineErrors } from '../../../core/errors.ts';

/**
 * Why a source does not give what is asked of it. `{seconds}` is how long to wait before asking again. No parameter ever holds
 * a token, a query or a signed address: hosts, names and numbers only.
 */
export const sourceErrors = defineErrors({
  DOWNLOADS_SOURCE_UNREACHABLE: {
    status: 502,
    retryable: true,
    en: '{host} cannot be reached ({reason}). Check the network, the proxy and the address in the settings.',
    ja: '{host} に接続できません（{reason}）。ネットワーク、プロキシ、設定のアドレスを確認してください。',
  },
  DOWNLOADS_SOURCE_BUSY: {
    status: 503,
    retryable: true,
    en: '{host} is overloaded or out of order (status {status}). It will be asked again in {seconds} seconds.',
    ja: '{host} が混雑しているか障害中です（ステータス {status}）。{seconds} 秒後に再試行します。',
  },
  DOWNLOADS_SOURCE_RATE_LIMITED: {
    status: 429,
    retryable: true,
    en: '{host} asks for a pause of {seconds} seconds: too many requests.',
    ja: '{host} へのリクエストが多すぎます。{seconds} 秒待つ必要があります。',
  },
  DOWNLOADS_SOURCE_QUOTA: {
    status: 429,
    retryable: true,
    en: '{host} says that this account has downloaded too much for today. Wait some hours, or use the token of another account of yours.',
    ja: '{host} によると、このアカウントの本日のダウンロード量が上限に達しました。数時間待つか、ご自身の別のアカウントのトークンを使ってください。',
  },
  DOWNLOADS_SOURCE_ANSWER: {
    status: 502,
    retryable: true,
    en: '{host} gave an answer that cannot be used: {reason}. If the address in the settings is right, try again later.',
    ja: '{host} の応答を利用できません: {reason}。設定のアドレスが正しければ、後でもう一度お試しください。',
  },
  DOWNLOADS_SOURCE_REFUSED: {
    status: 502,
    en: '{host} refused the request (status {status}): {reason}',
    ja: '{host} がリクエストを拒否しました（ステータス {status}）: {reason}',
  },
  DOWNLOADS_LOGIN_NEEDED: {
    status: 403,
    en: '{host} gives this file only to people who are signed in. Enter a token for {source} on the Downloads settings page, then retry.',
    ja: '{host} ではログインした人だけがこのファイルを取得できます。ダウンロードの設定ページで {source} のトークンを入力してから再試行してください。',
  },
  DOWNLOADS_TOKEN_REFUSED: {
    status: 403,
    en: '{host} does not accept the token for {source}, or the token may not read this. Enter another one on the Downloads settings page, then retry.',
    ja: '{host} が {source} のトークンを受け付けないか、権限が足りません。ダウンロードの設定ページで別のトークンを入力してから再試行してください。',
  },
  DOWNLOADS_ACCOUNT_REFUSED: {
    status: 403,
    en: '{host} does not let this account have it. Look at the model’s page while signed in with the account of the token.',
    ja: '{host} はこのアカウントに取得を許可していません。トークンのアカウントでログインし、モデルのページを確認してください。',
  },
  DOWNLOADS_EARLY_ACCESS: {
    status: 403,
    en: 'This is in early access at {host} until {until}. Buy access there and set the token of that account, or retry after that day.',
    ja: '{host} で {until} までアーリーアクセス中です。アクセスを購入してそのアカウントのトークンを設定するか、期間終了後に再試行してください。',
  },
  DOWNLOADS_GATED: {
    status: 403,
    en: 'The owner of {what} asks for consent first. Open its page at {host}, accept the licence, and set a token of that account.',
    ja: '{what} は所有者の同意条件があります。{host} のページを開いてライセンスに同意し、そのアカウントのトークンを設定してください。',
  },
  DOWNLOADS_SWITCHED_OFF: {
    status: 403,
    en: 'The creator has switched downloads off: at {host} this can be used for generation only.',
    ja: '作者がダウンロードを無効にしています。{host} 上での生成にのみ利用できます。',
  },
  DOWNLOADS_ARCHIVED: {
    status: 410,
    en: 'The model is archived at {host} and cannot be downloaded any more.',
    ja: 'モデルは {host} でアーカイブされており、ダウンロードできません。',
  },
  DOWNLOADS_TAKEN_DOWN: {
    status: 410,
    en: 'The model was taken down at {host} and cannot be downloaded any more.',
    ja: 'モデルは {host} で公開停止になっており、ダウンロードできません。',
  },
  DOWNLOADS_SOURCE_NOT_FOUND: {
    status: 404,
    en: '{host} knows no {what}. Check the link; what is private is found only with a token.',
    ja: '{host} に {what} が見つかりません。リンクを確認してください。非公開のものはトークンがないと見つかりません。',
  },
  DOWNLOADS_SOURCE_FILE_NOT_FOUND: {
    status: 404,
    retryable: true,
    en: '{host} does not find the file. That may be a fault of its storage that passes: ask again in {seconds} seconds; after that the file is gone.',
    ja: '{host} でファイルが見つかりません。一時的な障害の可能性があるため {seconds} 秒後に再確認してください。それでも見つからなければ削除されています。',
  },
  DOWNLOADS_CURSOR_STALE: {
    status: 409,
    en: 'The list at {host} changed while it was read, and it cannot be read on from here. What was listed is queued; add the same again for the rest, nothing is fetched twice.',
    ja: '読み取り中に {host} の一覧が変わったため、続きを読めません。読み取れた分はキューに入っています。残りは同じものをもう一度追加してください（同じファイルは再取得されません）。',
  },
  DOWNLOADS_COLLECTION_UNLISTED: {
    status: 422,
    en: '{host} does not tell programs what is in a collection. Paste the links of its models instead, one a line; your own bookmarks are the collection “favorites” and need your token.',
    ja: '{host} はコレクションの中身をプログラムに公開していません。モデルのリンクを 1 行に 1 つ貼り付けてください。自分のブックマークはコレクション「favorites」として（トークンがあれば）取得できます。',
  },
  DOWNLOADS_COLLECTION_KIND: {
    status: 422,
    en: 'The collection holds {kind}, not models: there is nothing to download in it.',
    ja: 'このコレクションはモデルではなく {kind} を集めたものです。ダウンロードできるものはありません。',
  },
  DOWNLOADS_SEARCH_TYPE: {
    status: 422,
    en: '{host} knows no models of the type “{type}”. It has: {known}.',
    ja: '{host} に「{type}」という種類のモデルはありません。使える種類: {known}。',
  },
  DOWNLOADS_INPUT_UNSUPPORTED: {
    status: 422,
    en: '{source} knows no inputs of the kind “{kind}”.',
    ja: '{source} では種類「{kind}」の入力を扱えません。',
  },
  DOWNLOADS_REF_INVALID: {
    status: 422,
    en: '“{ref}” is no reference to a file. Use one that a search or a model listed.',
    ja: '「{ref}」はファイルの参照ではありません。検索やモデルの一覧に表示されたものを使ってください。',
  },
  DOWNLOADS_LINK_INVALID: {
    status: 422,
    en: 'This is no link that can be fetched. Write an address that begins with https:// or http://.',
    ja: '取得できるリンクではありません。https:// または http:// で始まるアドレスを書いてください。',
  },
  DOWNLOADS_LINK_PASSWORD: {
    status: 422,
    en: 'The link holds a name or a password. Such links would be kept and shown, so they are refused: use one without.',
    ja: 'リンクにユーザー名またはパスワードが含まれています。リンクは保存・表示されるため受け付けません。含まないリンクを使ってください。',
  },
  DOWNLOADS_LINK_PRIVATE: {
    status: 403,
    en: 'The link leads to an address of this machine or of a private network, and the settings do not allow that (downloadsPrivateAddresses).',
    ja: 'リンク先はこのコンピューターまたは社内ネットワークのアドレスで、設定（downloadsPrivateAddresses）により許可されていません。',
  },
  DOWNLOADS_PAGE_NOT_FILE: {
    status: 502,
    en: '{host} sent a web page in place of the file. Open the link in a browser: it may ask to sign in, or be the link of a page and not of a file.',
    ja: '{host} はファイルではなくウェブページを返しました。ブラウザーでリンクを開いてください。ログインが必要か、ファイルではなくページのリンクかもしれません。',
  },
  DOWNLOADS_MESSAGE_NOT_FILE: {
    status: 502,
    retryable: true,
    en: '{host} sent a message in place of the file: {reason}',
    ja: '{host} はファイルではなくメッセージを返しました: {reason}',
  },
  DOWNLOADS_POINTER_NOT_FILE: {
    status: 502,
    en: '{host} sent a Git LFS pointer in place of the file. Use a link to the file itself (…/resolve/… and not …/raw/…).',
    ja: '{host} はファイルではなく Git LFS のポインターを返しました。ファイル自体のリンク（…/raw/… ではなく …/resolve/…）を使ってください。',
  },
  DOWNLOADS_ADDRESS_EXPIRED: {
    status: 502,
    retryable: true,
    en: 'The address that {host} gave for the file has run out; a new one is asked for.',
    ja: '{host} が発行したファイルのアドレスの有効期限が切れました。新しいアドレスを取得します。',
  },
  DOWNLOADS_PREVIEW_UNFIT: {
    status: 502,
    en: 'The preview at {host} cannot be shown: {reason}',
    ja: '{host} のプレビューを表示できません: {reason}',
  },
});
