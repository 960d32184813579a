/** Share of the values below each, equal ones counting half. */
export function ranks(values: ArrayLike<number>): Float64Array {
  const n = values.length;
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort(
    (a, b) => values[a]! - values[b]!,
  );
  const shares = new Float64Array(n);
  for (let from = 0; from < n; ) {
    let to = from + 1;
    while (to < n && values[order[to]!] === values[order[from]!]) to++;
    for (let k = from; k < to; k++) shares[order[k]!] = (from + to) / 2 / n;
    from = to;
  }
  return shares;
}
