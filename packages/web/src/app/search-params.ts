/**
 * The address's parameters as plain text: `filter=a&filter=b` is a list, everything else a string. The router's
 * own form writes JSON into the address, which nobody can read or type.
 */
export function parseSearch(search: string): Record<string, string | string[]> {
  const parsed: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(search)) {
    const before = parsed[name];
    if (before === undefined) parsed[name] = value;
    else parsed[name] = Array.isArray(before) ? [...before, value] : [before, value];
  }
  return parsed;
}

/** Undefined and empty lists leave no trace. */
export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value === undefined || value === null) continue;
    for (const one of Array.isArray(value) ? value : [value]) params.append(name, String(one));
  }
  // Colons and commas are allowed in a query, and `filter=country:France` reads better than `country%3AFrance`.
  const text = params.toString().replaceAll('%3A', ':').replaceAll('%2C', ',');
  return text === '' ? '' : `?${text}`;
}
