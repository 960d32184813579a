import type { RowErrorCode } from './contract.ts';

/** What a person reads beside a rejected row: what is wrong and what to do. */
export const rowErrorTexts: Readonly<Record<RowErrorCode, { en: string; ja: string }>> = {
  required: {
    en: 'Fill in this cell; it may not be empty.',
    ja: '必須項目です。値を入力してください。',
  },
  duplicate: {
    en: 'An earlier row has the same value. Remove one of the two.',
    ja: '同じ値の行が前にあります。どちらかを削除してください。',
  },
  'not-a-number': {
    en: 'Write a number, such as 1234.5.',
    ja: '数値を入力してください (例: 1234.5)。',
  },
  'not-an-integer': {
    en: 'Write a whole number, without decimals.',
    ja: '小数のない整数を入力してください。',
  },
  'not-a-percent': {
    en: 'Write a percentage with its sign, such as 12.5%.',
    ja: '% を付けて入力してください (例: 12.5%)。',
  },
  'not-a-boolean': {
    en: 'Write yes or no, or true or false.',
    ja: '「はい」または「いいえ」(true / false) で入力してください。',
  },
  'invalid-date': {
    en: 'Write an existing date as YYYY-MM-DD. Where day and month could be exchanged, choose their order in the import settings.',
    ja: '実在する日付を YYYY-MM-DD で入力してください。日と月の順序が不明な場合は、取り込み設定で順序を選んでください。',
  },
  'invalid-format': {
    en: 'Write a mail address, such as name@example.com.',
    ja: 'メールアドレスを入力してください (例: name@example.com)。',
  },
  'too-many-decimals': {
    en: 'Use at most four decimals.',
    ja: '小数点以下は 4 桁までにしてください。',
  },
  'out-of-range': {
    en: 'The number is too large to be kept exactly. Check it.',
    ja: '数値が大きすぎて正確に保存できません。確認してください。',
  },
  'below-minimum': {
    en: 'The value is below the smallest allowed.',
    ja: '許される最小値を下回っています。',
  },
  'above-maximum': {
    en: 'The value is above the largest allowed.',
    ja: '許される最大値を上回っています。',
  },
  'too-long': { en: 'Shorten the text.', ja: '文字数が多すぎます。短くしてください。' },
  'invalid-characters': {
    en: 'The cell holds bytes that are no text in the chosen encoding. Choose another encoding or retype the cell.',
    ja: '選択した文字コードで読めない文字があります。文字コードを変えるか、入力し直してください。',
  },
  'too-few-columns': {
    en: 'The row has fewer columns than the file’s first row.',
    ja: '列の数が先頭行より少なくなっています。',
  },
  'too-many-columns': {
    en: 'The row has more columns than the file’s first row. Put cells that contain the delimiter in quotes.',
    ja: '列の数が先頭行より多くなっています。区切り文字を含むセルは引用符で囲んでください。',
  },
  'unterminated-quote': {
    en: 'A quotation mark is opened in this row and never closed. Close it, or double it if it belongs to the text.',
    ja: '引用符が閉じられていません。閉じるか、文字としての引用符は 2 つ重ねてください。',
  },
  'text-after-quote': {
    en: 'Text follows a closing quotation mark. Double quotation marks that belong to the text.',
    ja: '閉じ引用符の後に文字があります。文字としての引用符は 2 つ重ねてください。',
  },
  'row-too-long': {
    en: 'The row is longer than any table row should be. Check line ends and delimiter.',
    ja: '行が長すぎます。改行と区切り文字を確認してください。',
  },
};
