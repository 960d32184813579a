/** First characters that make spreadsheets read a cell as a formula, the full-width forms (typed in Japan) included. */
const FORMULA_START = /^(?:[=+\-@\t\r\n]|[＝＋－＠].)/;
/** What begins with a sign and is only a number is harmless, and must stay a number. */
const NUMBER = /^[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d+)?%?$/;

/**
 * Puts an apostrophe before a text that a spreadsheet would run as a formula (`=cmd|'/c calc'!A1`). Numbers stay as they
 * are. Source: OWASP, CSV Injection; CWE-1236.
 */
export function neutraliseFormula(text: string): string {
  return FORMULA_START.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}
