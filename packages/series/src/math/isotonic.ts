/**
 * The non-decreasing values nearest to given ones by least squares, in place: neighbours that fall are replaced by their mean.
 *
 * @param values finite; every `step`-th one from `first` on is a row of its own, the others stay as they are.
 *
 * Cost: O(n). Source: pool adjacent violators, Ayer et al. (1955), Annals of Mathematical Statistics 26(4).
 */
export function makeNonDecreasing(values: Float64Array, first = 0, step = 1): void {
  const means: number[] = [];
  const counts: number[] = [];
  for (let i = first; i < values.length; i += step) {
    means.push(values[i]!);
    counts.push(1);
    while (means.length > 1 && means.at(-2)! > means.at(-1)!) {
      const mean = means.pop()!;
      const count = counts.pop()!;
      const k = means.length - 1;
      const total = counts[k]! + count;
      means[k] = means[k]! + (mean - means[k]!) * (count / total);
      counts[k] = total;
    }
  }
  let place = first;
  means.forEach((mean, k) => {
    for (let i = 0; i < counts[k]!; i++, place += step) values[place] = mean;
  });
}
