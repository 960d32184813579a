/** Most bytes of a name on the file systems in use (ext4, NTFS, APFS allow 255), less what goes behind it: ` (99)`, `.metadata.json`. */
const FILE_BYTES = 225;
const FOLDER_BYTES = 120;
/** What follows the last dot and is short is kept when a name is cut. */
const EXTENSION_BYTES = 20;

/** Windows opens a device for these, whatever follows their first dot. */
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])$/i;
const FORBIDDEN = /[<>:"|?*/\\]/g;
/** Control characters, and those that turn or hide text: `gnp.exe` must not read `exe.png`. */
const INVISIBLE =
  /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]/gu;

/**
 * A name from outside as one part of a path that every file system takes and that cannot lead anywhere else: no separator, no
 * `..`, nothing hidden, reserved or forbidden, at most 255 bytes with what is put behind it. Empty when nothing is left.
 */
export function safeName(raw: string, kind: 'file' | 'folder'): string {
  const text = raw
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(INVISIBLE, '')
    .replaceAll(FORBIDDEN, '_')
    .replace(/^[\s.]+/, (start) => (start.includes('.') ? '_' : ''));
  const named = tidyEnd(text);
  if (/^_?$/.test(named)) return '';
  const cut = tidyEnd(cutName(named, kind));
  const stem = cut.split('.', 1)[0]!.trim();
  return RESERVED.test(stem) ? `_${cut}` : cut;
}

/** `name (2).ext`: for the second of two files with one name. */
export function numberedName(name: string, n: number): string {
  const { stem, extension } = splitName(name);
  return `${stem} (${n})${extension}`;
}

/** Windows drops dots and spaces at the end without a word. */
function tidyEnd(name: string): string {
  return name.replace(/[\s.]+$/, '');
}

function cutName(name: string, kind: 'file' | 'folder'): string {
  const limit = kind === 'file' ? FILE_BYTES : FOLDER_BYTES;
  if (Buffer.byteLength(name) <= limit) return name;
  const { stem, extension } = kind === 'file' ? splitName(name) : { stem: name, extension: '' };
  return cutBytes(stem, limit - Buffer.byteLength(extension)).trimEnd() + extension;
}

function splitName(name: string): { stem: string; extension: string } {
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 ? name.slice(dot) : '';
  if (Buffer.byteLength(extension) > EXTENSION_BYTES) return { stem: name, extension: '' };
  return { stem: name.slice(0, name.length - extension.length), extension };
}

/** At most `limit` bytes of UTF-8, cut between the characters that a reader sees. */
function cutBytes(text: string, limit: number): string {
  let bytes = 0;
  let end = 0;
  for (const { segment, index } of new Intl.Segmenter('en').segment(text)) {
    bytes += Buffer.byteLength(segment);
    if (bytes > limit) break;
    end = index + segment.length;
  }
  // One "character" of a thousand combining marks.
  return end > 0
    ? text.slice(0, end)
    : Buffer.from(text)
        .subarray(0, limit)
        .toString()
        .replace(/\ufffd+$/, '');
}
