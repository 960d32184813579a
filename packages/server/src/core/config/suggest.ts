/** The known name that was probably meant, compared without regard to the way environments and files write names. */
export function suggest(name: string, known: readonly string[]): string | undefined {
  const wanted = plain(name);
  let best: string | undefined;
  // A third of the letters may be wrong, at least two: enough for two swapped ones.
  let most = Math.max(2, Math.floor(wanted.length / 3));
  for (const candidate of known) {
    const found = distance(wanted, plain(candidate));
    if (found > most || (found === most && best !== undefined)) continue;
    best = candidate;
    most = found;
  }
  return best;
}

function plain(name: string): string {
  return name
    .replace(/^KIZASHI_/i, '')
    .replace(/[_.-]/g, '')
    .toLowerCase();
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(substitution, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
