import { CellFault, type CellParser } from './cell.ts';

const TOO_LONG = new CellFault('too-long');
const INVALID_FORMAT = new CellFault('invalid-format');

// One @, a dot in the domain, nothing that ends an address in a mail header. No part can match in two ways: linear time.
const EMAIL = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:".]+(?:\.[^\s@<>()[\]\\,;:".]+)+$/;
const MAX_EMAIL_CHARS = 254;

/** Text without the white space around it; full-width characters stay as they are. */
export function createTextParser(maxChars: number, format: 'email' | undefined): CellParser {
  return (text) => {
    const trimmed = trim(text);
    if (trimmed === '') return null;
    if (trimmed.length > maxChars) return TOO_LONG;
    if (format === 'email' && (trimmed.length > MAX_EMAIL_CHARS || !EMAIL.test(trimmed))) {
      return INVALID_FORMAT;
    }
    return trimmed;
  };
}

/** `String.trim`, asked only where it could change something: most cells have no space at either end. */
function trim(text: string): string {
  const last = text.length - 1;
  return isInner(text.charCodeAt(0)) && isInner(text.charCodeAt(last)) ? text : text.trim();
}

function isInner(code: number): boolean {
  return code > 32 && code < 127;
}
