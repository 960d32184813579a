/** The longest entry that the address starts with: `/sales/import/7` belongs to `/sales/import`, not to `/sales`. */
export function currentEntry(path: string, entries: readonly string[]): string | undefined {
  return entries
    .filter((entry) => path === entry || path.startsWith(`${entry}/`))
    .sort((a, b) => b.length - a.length)[0];
}
