import { defineErrors } from '../../../core/errors.ts';

/** What is wrong with a manifest, or with one line of it. No line is repeated: addresses may hold secrets. */
export const manifestErrors = defineErrors({
  DOWNLOADS_MANIFEST_NOT_TEXT: {
    status: 422,
    en: 'This is no list of addresses but another kind of file ({kind}). Save the list as text, CSV or JSON.',
    ja: 'アドレスの一覧ではなく、別の種類のファイルです（{kind}）。テキスト、CSV、JSON のいずれかで保存してください。',
  },
  DOWNLOADS_MANIFEST_TOO_LONG: {
    status: 422,
    en: 'The list has more than {max} entries. Split it into several.',
    ja: '一覧が {max} 件を超えています。分割してください。',
  },
  DOWNLOADS_MANIFEST_NO_LINK: {
    status: 422,
    en: 'Line {line}: there is no address here. Write one that begins with https:// or http://.',
    ja: '{line} 行目: アドレスがありません。https:// または http:// で始まるアドレスを書いてください。',
  },
  DOWNLOADS_MANIFEST_SCHEME: {
    status: 422,
    en: 'Line {line}: addresses of the kind “{scheme}” cannot be fetched, only https:// and http://.',
    ja: '{line} 行目: 「{scheme}」のアドレスは取得できません。https:// と http:// だけが使えます。',
  },
  DOWNLOADS_MANIFEST_LINE_LONG: {
    status: 422,
    en: 'Line {line}: “{field}” is longer than {max} characters.',
    ja: '{line} 行目: 「{field}」が {max} 文字を超えています。',
  },
  DOWNLOADS_MANIFEST_HASH: {
    status: 422,
    en: 'Line {line}: this is no {kind}: {chars} characters of 0–9 and a–f are needed. Nothing is fetched without the check that was asked for.',
    ja: '{line} 行目: {kind} の形式ではありません。0–9 と a–f の {chars} 文字が必要です。指定された検査なしに取得することはありません。',
  },
  DOWNLOADS_MANIFEST_HASHES: {
    status: 422,
    en: 'Line {line}: there are hashes of the kind {kind} that contradict each other. No file can have both: keep the right one.',
    ja: '{line} 行目: {kind} のハッシュが互いに矛盾しています。両方に一致するファイルはありません。正しい方だけを残してください。',
  },
  DOWNLOADS_MANIFEST_HASH_KIND: {
    status: 422,
    en: 'Line {line}: hashes of the kind “{kind}” cannot be checked. Use sha-256, or take it out.',
    ja: '{line} 行目: 種類「{kind}」のハッシュは検査できません。sha-256 を使うか、削除してください。',
  },
  DOWNLOADS_MANIFEST_JSON: {
    status: 422,
    en: 'Line {line}: this is not JSON, or not an entry of a list: an address in quotes, or an object with “url”.',
    ja: '{line} 行目: JSON として読めないか、一覧の項目ではありません。引用符で囲んだアドレスか、「url」を持つオブジェクトを書いてください。',
  },
  DOWNLOADS_MANIFEST_QUOTES: {
    status: 422,
    en: 'Line {line}: the quotes do not fit together. Close each quoted cell, and double a quote inside one.',
    ja: '{line} 行目: 引用符の対応が正しくありません。引用符を閉じ、セル内の引用符は 2 つ重ねてください。',
  },
  DOWNLOADS_MANIFEST_OPTION: {
    status: 422,
    en: 'Line {line}: an option stands here without an address before it.',
    ja: '{line} 行目: 前にアドレスがないオプションです。',
  },
  DOWNLOADS_MANIFEST_CHARACTERS: {
    status: 422,
    en: 'Line {line}: some characters cannot be read. Save the list as UTF-8.',
    ja: '{line} 行目: 読めない文字があります。UTF-8 で保存してください。',
  },
});
