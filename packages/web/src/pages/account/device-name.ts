// Order matters: Edge and Opera also call themselves Chrome, and Chrome calls itself Safari.
const BROWSERS = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
  ['curl/', 'curl'],
] as const;
const SYSTEMS = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'macOS'],
  ['CrOS', 'ChromeOS'],
  ['Linux', 'Linux'],
] as const;

/** `Firefox · Linux` out of a browser's long name for itself; undefined when nothing in it is known. */
export function deviceName(userAgent: string): string | undefined {
  const known = [BROWSERS, SYSTEMS].map(
    (names) => names.find(([mark]) => userAgent.includes(mark))?.[1],
  );
  const text = known.filter((name) => name !== undefined).join(' · ');
  return text === '' ? undefined : text;
}
