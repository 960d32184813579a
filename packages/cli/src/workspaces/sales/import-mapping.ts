import {
  type Field,
  fieldSchema,
  fieldTypes,
  type ImportMapping,
  type Upload,
} from '@kizashi/server/workspaces/sales';
import { CommandError } from '../../command-error.ts';
import { type Context, say } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';

export interface MappingOptions {
  /** `column=field` or `column=field:type`. */
  readonly map: readonly string[];
  readonly dateOrder?: ImportMapping['dateOrder'];
  readonly timeZone?: string;
  readonly currency?: string;
}

type Column = ImportMapping['columns'][number];

/** What --map says of columns, by their names. @throws CommandError MAP_INVALID */
export function readMap(context: Context, pairs: readonly string[]): ReadonlyMap<string, Column> {
  return new Map(pairs.map((pair) => readPair(context, pair)));
}

/** What was guessed about a file, with what was chosen instead. @throws CommandError COLUMN_UNKNOWN */
export function mappingOf(
  context: Context,
  upload: Upload,
  wanted: ReadonlyMap<string, Column>,
  options: Omit<MappingOptions, 'map'>,
  settings: { readonly timeZone: string; readonly currency: string },
): ImportMapping {
  const names = upload.columns.map((column) => column.name);
  for (const name of wanted.keys()) {
    if (names.includes(name)) continue;
    throw new CommandError(
      'COLUMN_UNKNOWN',
      say(context, {
        en: `--map: there is no column "${name}". Columns: ${names.join(', ')}`,
        ja: `--map: 列「${name}」はありません。列: ${names.join(', ')}`,
      }),
      exitCodes.usage,
    );
  }
  return {
    encoding: upload.encoding,
    delimiter: upload.delimiter,
    hasHeader: upload.hasHeader,
    columns: upload.columns.map(({ name, field, type }) => wanted.get(name) ?? { field, type }),
    dateOrder: options.dateOrder ?? upload.dateOrder,
    timeZone: options.timeZone ?? settings.timeZone,
    currency: options.currency ?? settings.currency,
  };
}

/** A column's name may hold `=` and `:` itself: what follows the last `=` is field and type. */
function readPair(context: Context, pair: string): [string, Column] {
  const at = pair.lastIndexOf('=');
  const [name = '', typeName] = pair.slice(at + 1).split(':', 2);
  const field = fieldSchema.safeParse(name).data;
  if (at < 1 || field === undefined) {
    throw invalid(context, pair, {
      en: `must be column=field with a field of ${fieldSchema.options.join(', ')}`,
      ja: `「列名=用途」で指定してください。用途: ${fieldSchema.options.join(', ')}`,
    });
  }
  return [pair.slice(0, at), { field, type: readType(context, pair, field, typeName) }];
}

function readType(
  context: Context,
  pair: string,
  field: Field,
  name: string | undefined,
): Column['type'] {
  if (name === undefined) return fieldTypes[field][0];
  const type = fieldTypes[field].find((known) => known === name);
  if (type !== undefined) return type;
  throw invalid(context, pair, {
    en: `${field} can be read as ${fieldTypes[field].join(', ')}`,
    ja: `${field} の読み取り形式は ${fieldTypes[field].join(', ')} のいずれかです`,
  });
}

function invalid(context: Context, pair: string, text: { en: string; ja: string }): CommandError {
  return new CommandError('MAP_INVALID', `--map ${pair}: ${say(context, text)}`, exitCodes.usage);
}
