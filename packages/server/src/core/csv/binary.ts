/** Files that people upload in place of a text file, by their first bytes. */
export type BinaryKind = 'spreadsheet' | 'archive' | 'document' | 'binary';

const SIGNATURES: readonly { readonly kind: BinaryKind; readonly bytes: readonly number[] }[] = [
  // Old Office (.xls) and new (.xlsx, a zip archive).
  { kind: 'spreadsheet', bytes: [0xd0, 0xcf, 0x11, 0xe0] },
  { kind: 'archive', bytes: [0x1f, 0x8b] },
  { kind: 'archive', bytes: [0x37, 0x7a, 0xbc, 0xaf] },
  { kind: 'document', bytes: [0x25, 0x50, 0x44, 0x46] },
];
const ZIP = [0x50, 0x4b, 0x03, 0x04];

/** Null for text in any encoding; otherwise what the file seems to be. */
export function recogniseBinary(sample: Uint8Array): BinaryKind | null {
  if (startsWith(sample, ZIP)) {
    // The names of a workbook's parts stand in the archive as they are.
    const head = Buffer.from(sample.buffer, sample.byteOffset, Math.min(sample.length, 8192));
    return head.includes('xl/') || head.includes('[Content_Types].xml') ? 'spreadsheet' : 'archive';
  }
  const found = SIGNATURES.find(({ bytes }) => startsWith(sample, bytes));
  return found?.kind ?? null;
}

function startsWith(sample: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, i) => sample[i] === byte);
}
