/**
 * Speed of reading delimited text, one thread: parsing alone, and the whole way from bytes to checked values.
 *
 *   node bench/csv-read.ts
 *
 * Data: 541,909 rows in the shape of UCI Online Retail (invoice, stock code, quantity, time, price, customer, country), made
 * by a seeded generator. Prints median and range of seven runs, after one that is not counted.
 */
import { cpus } from 'node:os';
import {
  type ColumnRuleInput,
  type ColumnType,
  valueFormatSchema,
} from '../packages/server/src/core/csv/contract.ts';
import { createCsvParser } from '../packages/server/src/core/csv/parse.ts';
import { createRowReader } from '../packages/server/src/core/csv/read-rows.ts';

const ROWS = 541_909;
const PIECE = 1 << 18;
const RUNS = 7;
const COLUMNS: readonly (readonly [string, ColumnType])[] = [
  ['invoice', 'text'],
  ['stock', 'text'],
  ['qty', 'integer'],
  ['ts', 'datetime'],
  ['price', 'currency'],
  ['customer', 'text'],
  ['country', 'text'],
];
const COUNTRIES = ['United Kingdom', 'United Kingdom', 'United Kingdom', 'France', 'EIRE'];

/** Lehmer's generator with Park and Miller's multiplier. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

function generate(): Buffer {
  const random = createRandom(20250401);
  const lines = [COLUMNS.map(([name]) => name).join(',')];
  for (let i = 0, invoice = 536_365; i < ROWS; i++) {
    if (random(20) === 0) invoice++;
    const minute = (invoice - 536_365) * 19;
    const time = new Date(Date.UTC(2010, 11, 1, 8, 26) + minute * 60_000).toISOString();
    const cells = [
      invoice,
      `${20_000 + random(4000)}${random(5) === 0 ? 'A' : ''}`,
      1 + random(24),
      `${time.slice(0, 10)} ${time.slice(11, 16)}`,
      `${random(20)}.${String(random(100)).padStart(2, '0')}`,
      random(4) === 0 ? '' : 12_346 + (invoice % 4372),
      COUNTRIES[invoice % COUNTRIES.length],
    ];
    lines.push(cells.join(','));
  }
  return Buffer.from(`${lines.join('\n')}\n`);
}

function parseOnly(text: string): number {
  const parser = createCsvParser({ delimiter: ',' });
  let rows = 0;
  for (let i = 0; i < text.length; i += PIECE) {
    rows += parser.push(text.slice(i, i + PIECE))?.rows.length ?? 0;
  }
  return rows + parser.end().rows.length - 1;
}

function readAndCheck(bytes: Buffer): number {
  const rules: ColumnRuleInput[] = COLUMNS.map(([name, type], index) => ({
    name,
    index,
    type,
    required: index < 5,
  }));
  const reader = createRowReader({
    encoding: 'auto',
    delimiter: ',',
    hasHeader: true,
    width: COLUMNS.length,
    rules,
    format: valueFormatSchema.parse({ timeZone: 'Europe/London' }),
  });
  let rows = 0;
  for (let i = 0; i < bytes.length; i += PIECE) {
    rows += reader.write(bytes.subarray(i, i + PIECE))?.rows.length ?? 0;
  }
  return rows + reader.end().rows.length;
}

function measure(name: string, run: () => number): void {
  run();
  const rates = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    const rows = run();
    if (rows !== ROWS) throw new Error(`${name}: ${rows} rows of ${ROWS}`);
    return rows / (performance.now() - start) / 1000;
  }).sort((a, b) => a - b);
  const [low, median, high] = [rates[0]!, rates[RUNS >> 1]!, rates[RUNS - 1]!];
  console.log(
    `${name.padEnd(24)} ${median.toFixed(2)} M rows/s (${low.toFixed(2)} to ${high.toFixed(2)})`,
  );
}

const bytes = generate();
const text = bytes.toString('latin1');
console.log(
  `${ROWS} rows, ${(bytes.length / 1e6).toFixed(1)} MB; ${cpus()[0]?.model}, Node ${process.version}`,
);
measure('parse', () => parseOnly(text));
measure('decode, parse, check', () => readAndCheck(bytes));
