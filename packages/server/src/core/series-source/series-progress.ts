/** How far work is, 0..1, and what stands beside the bar in any language: `12 / 300`. */
export type ReportProgress = (fraction: number, note?: string) => void;

/** Share of the bar that reading the file takes; the rest is the series'. */
const READING = 0.1;

/** Progress of work on a file of series: first it is read, then each series counts the same. */
export function createSeriesProgress(report: ReportProgress = () => {}) {
  let done = 0;
  return {
    read: (fraction: number): void => report(READING * fraction),
    /** So much of the next one is made, 0..1. */
    within: (fraction: number, total: number): void =>
      report(
        READING + ((1 - READING) * (done + fraction)) / total,
        total > 1 ? `${done} / ${total}` : undefined,
      ),
    /** One more of them is made. */
    made(total: number): void {
      done++;
      report(
        READING + ((1 - READING) * done) / total,
        total > 1 ? `${done} / ${total}` : undefined,
      );
    },
  };
}
