/** What the shell sees. Documented in docs/reference/cli.md. */
export const exitCodes = {
  ok: 0,
  /** The operation was understood and failed. */
  failed: 1,
  /** Wrong arguments or settings: nothing was done. */
  usage: 2,
  /** Server or database cannot be reached: try again. */
  unreachable: 3,
  /** Not signed in, or not allowed. */
  denied: 4,
  /** By Ctrl-C. */
  interrupted: 130,
} as const;
