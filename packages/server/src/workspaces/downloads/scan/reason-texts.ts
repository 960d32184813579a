import type { Words } from '../../../core/errors.ts';
import type { Verdict } from '../scan-contract.ts';
import type { ReasonCode } from './reasons.ts';

export const verdictTexts: Readonly<Record<Verdict, Words>> = {
  clean: { en: 'clean', ja: '問題なし' },
  suspicious: { en: 'suspicious', ja: '要確認' },
  unscannable: { en: 'unscannable', ja: '検査不能' },
  malformed: { en: 'malformed', ja: '破損・内容違い' },
  dangerous: { en: 'dangerous', ja: '危険' },
};

/** What each reason says to people; the English is that of docs/reference/downloads-scanner.md. */
const texts: Readonly<Record<ReasonCode, Words>> = {
  'antivirus.eicar': {
    en: 'the test signature of the antivirus trade',
    ja: 'ウイルス対策ソフトのテスト用シグネチャ',
  },
  'antivirus.found': { en: 'ClamAV found something', ja: 'ClamAV が検出した' },
  'antivirus.limit': {
    en: 'the file is larger than ClamAV reads',
    ja: 'ClamAV が読める大きさを超えている',
  },
  'antivirus.failed': {
    en: 'ClamAV is set but did not answer',
    ja: 'ClamAV が設定されているが、応答しなかった',
  },
  'archive.bomb': {
    en: 'unpacks out of proportion, or members lie on top of each other',
    ja: '展開すると不釣り合いに大きくなる、またはメンバーが重なり合っている',
  },
  'archive.broken': {
    en: 'directory, header or packed bytes are damaged or cut off',
    ja: 'ディレクトリ、ヘッダー、または圧縮データが壊れているか途切れている',
  },
  'archive.crc': { en: 'a checksum differs', ja: 'チェックサムが一致しない' },
  'archive.depth': {
    en: 'archives in archives beyond the fourth',
    ja: 'アーカイブの入れ子が 4 段を超えている',
  },
  'archive.device': {
    en: 'a member is a device, a pipe or a socket',
    ja: 'メンバーがデバイス、パイプ、またはソケットである',
  },
  'archive.duplicate-name': { en: 'two members of one name', ja: '同じ名前のメンバーが 2 つある' },
  'archive.encrypted': {
    en: 'members or headers are encrypted',
    ja: 'メンバーまたはヘッダーが暗号化されている',
  },
  'archive.header-mismatch': {
    en: 'local header and directory disagree, or a member is in only one of them',
    ja: 'ローカルヘッダーとディレクトリが食い違う、または片方にしかないメンバーがある',
  },
  'archive.link': { en: 'a link that stays in the folder', ja: 'フォルダー内にとどまるリンク' },
  'archive.members': {
    en: 'more members than are read',
    ja: 'メンバーの数が検査の上限を超えている',
  },
  'archive.nested': {
    en: 'an archive in an archive; said for information',
    ja: 'アーカイブの中のアーカイブ（参考情報）',
  },
  'archive.path-traversal': {
    en: "a member's name leaves the target folder",
    ja: 'メンバーの名前が展開先フォルダーの外を指す',
  },
  'archive.prefix-data': {
    en: 'something lies before the archive, or the archive in something else',
    ja: 'アーカイブの前に別のデータがある、または別のものの中にアーカイブがある',
  },
  'archive.ratio': {
    en: 'an array of numbers that packs beyond the ratio, as zeros do',
    ja: 'ゼロの並びのように、数値の配列が限度を超えて圧縮されている',
  },
  'archive.symlink': {
    en: 'a link that leaves the folder, or any link in a zip or 7z',
    ja: 'フォルダーの外へ出るリンク、または zip・7z の中のリンク',
  },
  'archive.trailing-data': {
    en: 'something lies behind the archive',
    ja: 'アーカイブの後ろに別のデータがある',
  },
  'archive.unsupported': {
    en: 'a container or method that is not read',
    ja: '読めないコンテナー形式または圧縮方式',
  },
  'file.unreadable': { en: 'the file cannot be opened', ja: 'ファイルを開けない' },
  'format.empty': {
    en: 'no bytes under the name of a model',
    ja: 'モデルの名前が付いているが、中身が空',
  },
  'format.executable': {
    en: 'a program or script under its own name',
    ja: 'プログラムまたはスクリプト（名前のとおり）',
  },
  'format.executable-hidden': {
    en: 'a program or script under the name of something else',
    ja: '別の種類の名前が付いたプログラムまたはスクリプト',
  },
  'format.html': {
    en: 'a web page, often for signing in',
    ja: 'ウェブページ（多くはログインページ）',
  },
  'format.json-error': { en: 'the error of an API', ja: 'API のエラー応答' },
  'format.lfs-pointer': {
    en: "Git LFS's note of where the file is",
    ja: 'ファイルの所在を示す Git LFS のポインター',
  },
  'format.mismatch': { en: 'another format than the name says', ja: '名前と違う形式' },
  'format.unknown': { en: 'no format we know', ja: '未知の形式' },
  'format.wrong-content': {
    en: "under a model's name what can be no model",
    ja: 'モデルの名前が付いているが、モデルではありえない内容',
  },
  'format.xml-error': {
    en: 'the error of a storage service',
    ja: 'ストレージサービスのエラー応答',
  },
  'gguf.malformed': {
    en: 'counts, lengths or offsets beyond the file',
    ja: '個数、長さ、またはオフセットがファイルの範囲を超えている',
  },
  'gguf.template': {
    en: 'a chat template that reaches for the interpreter',
    ja: 'インタープリターに触れるチャットテンプレート',
  },
  'keras.dangerous-object': {
    en: 'the configuration names a function known to run code',
    ja: 'コードを実行することが知られている関数を設定が指定している',
  },
  'keras.lambda': { en: 'a layer that carries code', ja: 'コードを含むレイヤー' },
  'keras.unknown-object': {
    en: "the configuration names an object that is not Keras' own",
    ja: 'Keras のものではないオブジェクトを設定が指定している',
  },
  'npy.malformed': {
    en: 'header or length of an array',
    ja: '配列のヘッダーまたは長さが正しくない',
  },
  'onnx.external-path': {
    en: "weights outside the model's folder",
    ja: '重みがモデルのフォルダーの外にある',
  },
  'onnx.malformed': { en: 'not a message of ONNX', ja: 'ONNX のメッセージではない' },
  'pickle.dangerous-global': {
    en: 'an import that is known to run code or touch the system',
    ja: 'コードの実行やシステムの操作が知られているインポート',
  },
  'pickle.dynamic-global': {
    en: 'an import whose name cannot be known before it runs',
    ja: '実行するまで名前が分からないインポート',
  },
  'pickle.ext-code': {
    en: "an import by a number of copyreg's registry",
    ja: 'copyreg の登録番号によるインポート',
  },
  'pickle.multiple': {
    en: 'several pickles one after the other; said for information',
    ja: '複数の pickle が続いている（参考情報）',
  },
  'pickle.nested': {
    en: 'a pickle in a pickle; with what is in it',
    ja: 'pickle の中の pickle（中身も検査済み）',
  },
  'pickle.resource': {
    en: 'would take memory or stack out of proportion',
    ja: 'メモリーまたはスタックを不釣り合いに使う',
  },
  'pickle.trailing-data': {
    en: 'something lies behind the last pickle or array',
    ja: '最後の pickle または配列の後ろに別のデータがある',
  },
  'pickle.truncated': {
    en: 'ends or breaks before its end',
    ja: '終わりの前に途切れているか壊れている',
  },
  'pickle.unknown-global': {
    en: 'an import that is on no list',
    ja: 'どのリストにもないインポート',
  },
  'safetensors.dtype': { en: 'a type of numbers that does not exist', ja: '存在しない数値型' },
  'safetensors.duplicate-key': { en: 'a tensor occurs twice', ja: '同じテンソルが 2 回現れる' },
  'safetensors.gap': { en: 'bytes between tensors', ja: 'テンソルの間に余分なデータがある' },
  'safetensors.header-not-json': {
    en: 'no JSON object of the right form',
    ja: '正しい形の JSON オブジェクトではない',
  },
  'safetensors.header-too-large': {
    en: 'above 100,000,000 bytes',
    ja: '100,000,000 バイトを超えている',
  },
  'safetensors.header-truncated': {
    en: 'the file ends within its header',
    ja: 'ヘッダーの途中でファイルが終わっている',
  },
  'safetensors.metadata-type': {
    en: '__metadata__ is not text to text',
    ja: '__metadata__ が文字列から文字列への対応ではない',
  },
  'safetensors.out-of-bounds': {
    en: 'a tensor outside the file: what a cut download looks like',
    ja: 'テンソルがファイルの外にある（途中で切れたダウンロードに多い）',
  },
  'safetensors.overlap': { en: 'tensors share bytes', ja: 'テンソルが同じバイトを共有している' },
  'safetensors.shape-size': {
    en: 'shape and type do not give the length',
    ja: '形と型が長さに合わない',
  },
  'safetensors.trailing-data': {
    en: 'bytes behind the last tensor',
    ja: '最後のテンソルの後ろに余分なデータがある',
  },
  'scan.limit': {
    en: 'a limit below was reached before the end',
    ja: '終わりまで読む前に検査の上限に達した',
  },
  'tensorflow.operator': {
    en: 'an operator that runs Python, or reads or writes files',
    ja: 'Python を実行する、またはファイルを読み書きする演算',
  },
  'text.python-tag': {
    en: 'YAML that calls a function known to run code',
    ja: 'コードを実行することが知られている関数を呼ぶ YAML',
  },
  'text.template': {
    en: 'a chat template that reaches for the interpreter',
    ja: 'インタープリターに触れるチャットテンプレート',
  },
  'torch.truncated': {
    en: 'a legacy checkpoint ends within its numbers',
    ja: '旧形式のチェックポイントが数値の途中で終わっている',
  },
  'torchscript.code': {
    en: 'a checkpoint that brings code along',
    ja: 'コードを伴うチェックポイント',
  },
};

/** Reasons of a scan in words, in their order; a code of another version as it is. */
export function reasonTexts(codes: readonly string[]): readonly Words[] {
  const known: Readonly<Record<string, Words>> = texts;
  return codes.map((code) => known[code] ?? { en: code, ja: code });
}
