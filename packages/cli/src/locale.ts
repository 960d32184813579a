export type Locale = 'en' | 'ja';

/** The language of the terminal, as POSIX says: LC_ALL, then LC_MESSAGES, then LANG. */
export function terminalLocale(env: Readonly<Record<string, string | undefined>>): Locale {
  const name = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return name.toLowerCase().startsWith('ja') ? 'ja' : 'en';
}

/** A text in both languages; the pair stands where it is used, so that neither can be forgotten. */
export interface Text {
  readonly en: string;
  readonly ja: string;
}
