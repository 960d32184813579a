/**
 * Japanese for the rules that contracts word themselves (`refine(…, { message })`). Contracts also run in the
 * browser and know no catalogue, so their English text is the key; a text missing here is shown in English.
 */
export const ruleTexts: Readonly<Record<string, string>> = {
  'must not hold the character U+0000': '文字 U+0000 は使えません',
  'at most 72 bytes': '72 バイト以内にしてください',
  'a new webhook needs its address': '新しい Webhook には URL が必要です',
};
