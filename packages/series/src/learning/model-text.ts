import { InvalidInput } from '../invalid-input.ts';

const ARRAYS = { Float64Array, Int32Array, Uint8Array, Uint32Array } as const;

/**
 * A model as JSON text, to be stored; `parseModel` gives it back exactly.
 *
 * @param model plain data: objects, arrays, numbers, texts, and arrays of type Float64, Int32, Uint8 and Uint32. `NaN` within
 *   such an array is kept, infinities become `NaN`; other numbers must be finite.
 *
 * Size: about 19 characters a number. @example parseModel<BoostedTrees>(modelText(model), 'boosted-trees')
 */
export function modelText(model: object): string {
  return JSON.stringify(model, (_, value: unknown) => {
    for (const [name, Type] of Object.entries(ARRAYS)) {
      if (value instanceof Type) return { [`$${name}`]: Array.from<number>(value) };
    }
    return value;
  });
}

/**
 * The model of a text by `modelText`. It checks what kind of model the text says it is, not every part of it: texts come from
 * your own store.
 *
 * @param kind what its `model` says: `boosted-trees`, `random-forest`, `logistic` …
 * @throws InvalidInput (`text`) when it is no JSON or a model of another kind.
 */
export function parseModel<T extends { readonly model: string }>(
  text: string,
  kind: T['model'],
): T {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text, (_, value: unknown) => revived(value));
  } catch {
    throw new InvalidInput('text', 'must be JSON as modelText writes it');
  }
  if ((parsed as { model?: unknown } | null)?.model !== kind) {
    throw new InvalidInput('text', `must be a model of kind ${kind}`);
  }
  return parsed as T;
}

function revived(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const [entry, ...more] = Object.entries(value);
  if (entry === undefined || more.length > 0 || !Array.isArray(entry[1])) return value;
  const Type = ARRAYS[entry[0].slice(1) as keyof typeof ARRAYS];
  if (!entry[0].startsWith('$') || Type === undefined) return value;
  // JSON writes NaN as null.
  return new Type(entry[1].map((item: number | null) => item ?? Number.NaN));
}
