/** The level whose normal interval is mean ± one deviation. */
export const ONE_SIGMA = 0.6826894921370859;
