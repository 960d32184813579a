// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is "all of ASCII".
const ASCII_ONLY = /^[\x00-\x7f]*$/;
const WIDE = /[\u3000\uff01-\uff5e\uffe1\uffe5\u2212]/g;

/**
 * Full-width digits, letters and marks as ASCII, ￥ and ￡ as ¥ and £, U+2212 and U+FF0D as the hyphen-minus. Unlike NFKC it
 * leaves ① and ½ alone: neither is a way to write a number in a table.
 */
export function toHalfWidth(text: string): string {
  return ASCII_ONLY.test(text) ? text : text.replace(WIDE, halfWidth);
}

function halfWidth(wide: string): string {
  switch (wide) {
    case '\u3000':
      return ' ';
    case '\uffe1':
      return '£';
    case '\uffe5':
      return '¥';
    case '\u2212':
      return '-';
    default:
      return String.fromCharCode(wide.charCodeAt(0) - 0xfee0);
  }
}
