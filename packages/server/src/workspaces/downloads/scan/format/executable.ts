/** Programs for the machine, for Java and for Python; scripts by their first line. */
/** @param strict whether two letters and small numbers do not suffice, because the bytes may be numbers */
export function programKind(
  head: Buffer,
  read: (position: number, length: number) => Buffer,
  strict: boolean,
): 'program' | 'script' | null {
  const first = head.length >= 4 ? head.readUInt32BE(0) : 0;
  if (first === 0x7f454c46) return 'program'; // ELF
  if (head.subarray(0, 2).toString('latin1') === 'MZ' && isPortableExecutable(head, read, strict))
    return 'program';
  // Mach-O, one architecture; or several, which look like a Java class until their number is read.
  if (MACH_O.has(first)) return 'program';
  if (first === 0xcafebabe && head.length >= 8) return 'program';
  if (head.subarray(0, 4).toString('latin1') === 'dex\n') return 'program';
  if (isPythonBytecode(head)) return 'program';
  if (
    head.subarray(0, 2).toString('latin1') === '#!' &&
    /^#!\s*\/[\w./-]+/.test(head.toString('latin1', 0, 100))
  ) {
    return 'script';
  }
  return null;
}

const MACH_O = new Set([0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe]);

/** `MZ` alone are two letters; a program has the other header where the first one says. */
function isPortableExecutable(
  head: Buffer,
  read: (position: number, length: number) => Buffer,
  strict: boolean,
): boolean {
  if (head.length < 64) return !strict && head.length >= 28;
  const at = head.readUInt32LE(60);
  const signature = at > 0 && at < 2 ** 24 ? read(at, 4).toString('latin1') : '';
  if (signature === 'PE\0\0' || /^(NE|LE|LX)/.test(signature)) return true;
  if (strict) return false;
  // DOS: pages, relocations and header within reason.
  return (
    head.readUInt16LE(4) > 0 && head.readUInt16LE(8) >= 2 && head.readUInt16LE(8) < 64 && at === 0
  );
}

/** .pyc: two bytes of version, CR LF, flags, then marshalled code. */
function isPythonBytecode(head: Buffer): boolean {
  return (
    head.length >= 17 &&
    head[2] === 0x0d &&
    head[3] === 0x0a &&
    head.readUInt32LE(4) <= 3 &&
    head[16] === 0xe3
  );
}

/** The test file of the antivirus trade: 68 bytes, perhaps with white space behind them. */
export function isEicar(head: Buffer): boolean {
  if (head.length < 68) return false;
  // In two halves, so that this file is not mistaken for one.
  const [one, two] = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'];
  return (
    head.toString('latin1', 0, 68) === one + two &&
    head.subarray(68, 128).every((byte) => [0x20, 9, 10, 13, 0x1a].includes(byte))
  );
}
