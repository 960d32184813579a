const cell = (text) => String(text).replaceAll('|', '\\|').replaceAll('\n', ' ');

/** A table in Markdown; `|` and line ends in cells do no harm. */
export const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows]
    .map((row) => `| ${row.map(cell).join(' | ')} |`)
    .join('\n');
