/** Reversed polynomial of CRC-32 as zlib, zip and CivitAI use it. */
const POLYNOMIAL = 0xedb88320;

/** Product of two polynomials modulo that of CRC-32, bits reversed (x^0 is the highest bit). */
function multiply(a: number, b: number): number {
  let product = 0;
  let factor = b;
  for (let bit = 0x80000000; bit !== 0; bit >>>= 1) {
    if (a & bit) product ^= factor;
    factor = factor & 1 ? (factor >>> 1) ^ POLYNOMIAL : factor >>> 1;
  }
  return product >>> 0;
}

/** x^(8·2^k) for k = 0…52. */
const powers: number[] = [0x00800000];
while (powers.length < 53) powers.push(multiply(powers.at(-1)!, powers.at(-1)!));

/**
 * CRC-32 of two parts one after the other, from those of the parts. Cost: 32 steps for each binary digit of `secondBytes`.
 * Source: the multiplication zlib's `crc32_combine` does (M. Adler, crc32.c 1.2.12).
 */
export function combineCrc32(first: number, second: number, secondBytes: number): number {
  let shifted = first >>> 0;
  let rest = secondBytes;
  for (let k = 0; rest > 0; k++) {
    if (rest % 2 === 1) shifted = multiply(powers[k]!, shifted);
    rest = Math.floor(rest / 2);
  }
  return (shifted ^ second) >>> 0;
}

/** As CivitAI writes it: bytes reversed, lower case. */
export function reversedHex(crc: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(crc >>> 0);
  return bytes.toString('hex');
}
