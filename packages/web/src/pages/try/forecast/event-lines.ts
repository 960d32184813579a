/** One event as the server takes it. */
export interface EventLine {
  readonly date: string;
  readonly name: string;
  readonly window?: string;
}

/** Events typed as lines of `date, name` or `date, name, window`; the server says what is wrong with one. */
export function eventLines(text: string): EventLine[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [date = '', name = '', window = ''] = line
        .split(/[,、，\t]/)
        .map((part) => part.trim());
      return { date: date.replaceAll('/', '-'), name, ...(window !== '' && { window }) };
    });
}
