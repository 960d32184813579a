/** Where a command writes: people get tables, programs get one JSON document on standard output. */
export interface Output {
  readonly json: boolean;
  readonly line: (text: string) => void;
}

/** Prints `value` as JSON when asked to, else as `text()` lays it out. */
export function print(output: Output, value: unknown, text: () => string): void {
  output.line(output.json ? JSON.stringify(value, null, 2) : text());
}

/** Columns padded to equal width; full-width characters count two. The first row is the heading. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, displayWidth(cell));
    });
  }
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - displayWidth(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return width;
}
