/** One scale of the Mexican hat transform by its definition: a convolution, sample by sample. */
export function mexicanHatByConvolution(
  y: readonly number[],
  kernel: readonly number[],
): readonly number[] {
  const from = Math.floor((kernel.length - 1) / 2);
  return y.map((_, t) => {
    let sum = 0;
    for (let i = 0; i < kernel.length; i++) sum += kernel[i]! * (y[from + t - i] ?? 0);
    return sum;
  });
}
