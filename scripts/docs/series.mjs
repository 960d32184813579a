// The reference page of @kizashi/series: every public name with its signature and what its source says about it.
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const sources = resolve(dirname(fileURLToPath(import.meta.url)), '../../packages/series/src');
/** What the folders hold, in the order of the page. */
const PARTS = {
  forecast: 'Forecasting',
  anomaly: 'Anomalies',
  learning: 'Learning',
  customers: 'Customers',
  recommend: 'Recommendations and stock',
  features: 'Features',
  gpu: 'Features on a GPU',
  stats: 'Measures and tests',
  transform: 'Transformations',
  calendar: 'Calendar',
  kernels: 'Kernels',
  math: 'Mathematics',
};

/** Names that `index.ts` exports, with the file each comes from. */
function publicNames() {
  const index = readFileSync(join(sources, 'index.ts'), 'utf8');
  return [...index.matchAll(/export (?:type )?\{([^}]*)\} from '\.\/([^']+)'/g)].flatMap(
    ([, names, file]) =>
      names
        .split(',')
        .map((name) => name.trim().replace(/^type /, ''))
        .filter((name) => name !== '')
        .map((name) => {
          const [inside, outside = inside] = name.split(' as ');
          return { name: outside, inside, file };
        }),
  );
}

/** The declaration of a name without its body, and the comment before it. @throws when it has none */
function declarationOf({ name, inside, file }) {
  const lines = readFileSync(join(sources, file), 'utf8').split('\n');
  const start = lines.findIndex((line) =>
    new RegExp(`^export (?:async )?(?:function\\*?|const|interface|type|class) ${inside}\\b`).test(
      line,
    ),
  );
  if (start < 0) throw new Error(`${file}: no declaration of ${inside}, which index.ts exports`);
  const comment = commentBefore(lines, start);
  const [, kind] = /^export (?:async )?(function|const|interface|type|class)/.exec(lines[start]);
  if (comment === '' && (kind === 'function' || kind === 'class')) {
    throw new Error(`${file}: ${inside} is public and has no comment that says what it does`);
  }
  return { name, kind, comment, text: textFrom(lines, start, kind) };
}

function commentBefore(lines, start) {
  if (!lines[start - 1]?.trimEnd().endsWith('*/')) return '';
  let first = start - 1;
  while (!lines[first].startsWith('/**')) first--;
  return lines
    .slice(first, start)
    .join('\n')
    .replace(/^\/\*\*\s?|\s*\*\/$/g, '')
    .split('\n')
    .map((line) => line.replace(/^ \* ?/, ''))
    .join('\n')
    .trim();
}

/** Sources are laid out by a formatter: a declaration ends where the first line at its own depth says so. */
function textFrom(lines, start, kind) {
  const ends = {
    function: (line) => /^\S.* \{$/.test(line) && !/: \{$/.test(line),
    class: () => true,
    interface: (line) => line.startsWith('}') || line.endsWith('{}'),
    type: (line, next) => line.endsWith(';') && !/^\s+\S/.test(next),
    const: (line) => / =( |$)/.test(line),
  }[kind];
  let end = start;
  while (!ends(lines[end], lines[end + 1] ?? '')) end++;
  const text = lines
    .slice(start, end + 1)
    .join('\n')
    .replace(/^export /, '');
  if (kind === 'function' || kind === 'class') return text.replace(/ \{$/, '');
  return kind === 'const' ? text.replace(/ =.*$/, '') : text;
}

/** A comment as Markdown: examples as code, `@param`, `@returns` and `@throws` as a list. */
function markdown(comment) {
  return (
    comment
      .replace(
        /^@example ?\n?((?:.+(?:\n|$))+)/gm,
        (_, code) => `\`\`\`ts\n${code.trimEnd()}\n\`\`\`\n`,
      )
      // One line of a comment may hold several.
      .replace(/(\S) +@(returns|throws)(?=\s)/g, '$1\n@$2')
      .replace(/^@(param|returns|throws)\s+/gm, (_, tag) =>
        tag === 'param' ? '- ' : `- *${tag}* `,
      )
      .replace(/^- ([a-zA-Z.]+) {2,}/gm, '- `$1` ')
      .replace(/([^\n])\n- /g, '$1\n- ')
  );
}

export function seriesPage() {
  const names = publicNames();
  const sections = Object.entries(PARTS).map(([folder, title]) => {
    const entries = names
      .filter(({ file }) => file.startsWith(`${folder}/`))
      .map(declarationOf)
      .map(
        ({ name, comment, text }) =>
          `### ${name}\n\n\`\`\`ts\n${text}\n\`\`\`${comment === '' ? '' : `\n\n${markdown(comment)}`}`,
      );
    return entries.length === 0 ? '' : `## ${title}\n\n${entries.join('\n\n')}`;
  });
  const unplaced = names.filter(
    ({ file }) => file.includes('/') && !Object.hasOwn(PARTS, file.split('/')[0]),
  );
  if (unplaced.length > 0)
    throw new Error(`scripts/docs/series.mjs: no part for ${unplaced[0].file}`);
  const rest = names.filter(({ file }) => !file.includes('/')).map(declarationOf);
  return `# @kizashi/series: public names

Source: \`packages/series/src/index.ts\` and the comments of what it exports. How to install and begin:
[packages/series](../../packages/series/README.md). Values are \`Float64Array\`, equally spaced, oldest first; \`m\` is a season
length in samples, \`h\` steps ahead, levels and rates are fractions.

${rest.map(({ name, comment, text }) => `## ${name}\n\n\`\`\`ts\n${text}\n\`\`\`\n\n${markdown(comment)}`).join('\n\n')}

${sections.filter((section) => section !== '').join('\n\n')}
`;
}
