const SECRET_NAME = /passw|secret|token|cookie|authorization|credential|api[-_]?key|signature/i;
const ADDRESS = /[a-z][a-z0-9+.-]*:\/\/\S+/gi;
const MAX_TEXT = 500;
const MAX_DEPTH = 4;

/**
 * Details as they may be kept: addresses cut down to their host (signed ones are secrets), fields with names of secrets
 * left out, long texts cut.
 */
export function withoutSecrets(
  details: Readonly<Record<string, unknown>>,
  depth = 0,
): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(details)) {
    if (SECRET_NAME.test(name) || value === undefined) continue;
    kept[name] = keptValue(value, depth);
  }
  return kept;
}

function keptValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') {
    const text = value.replaceAll(ADDRESS, (address) => URL.parse(address)?.hostname ?? '…');
    return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT)}…`;
  }
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return null;
  if (Array.isArray(value)) return value.slice(0, 100).map((entry) => keptValue(entry, depth + 1));
  return withoutSecrets(value as Record<string, unknown>, depth + 1);
}
