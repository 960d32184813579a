import { UnstyledButton } from '@mantine/core';
import classes from './BarList.module.css';

export interface Bar {
  readonly key: string;
  readonly label: string;
  /** Decides the length; below zero draws none. */
  readonly size: number;
  /** What stands at the end of the bar. */
  readonly value: string;
  /** More about it, beside the value: a share or a change. */
  readonly note?: string;
  readonly selected?: boolean;
}

/** Ranked bars as a list: plain text that can be read, copied and, with `onPick`, pressed. */
export function BarList({
  bars,
  label,
  onPick,
  pickLabel,
}: {
  readonly bars: readonly Bar[];
  readonly label: string;
  readonly onPick?: (key: string) => void;
  /** What pressing a bar does, with its name: `Show only Germany`. */
  readonly pickLabel?: (bar: Bar) => string;
}) {
  const longest = Math.max(...bars.map((bar) => bar.size), 0);
  return (
    <ol className={classes.list} aria-label={label}>
      {bars.map((bar) => {
        const share = longest > 0 ? Math.max(bar.size, 0) / longest : 0;
        const content = (
          <>
            <span className={classes.bar} style={{ width: `${(share * 100).toFixed(1)}%` }} />
            <span className={classes.label}>{bar.label}</span>
            <span className={classes.value}>
              {bar.value}
              {bar.note !== undefined && <span className={classes.note}>{bar.note}</span>}
            </span>
          </>
        );
        return (
          <li key={bar.key}>
            {onPick ? (
              <UnstyledButton
                className={classes.row}
                aria-pressed={bar.selected ?? false}
                title={pickLabel?.(bar)}
                onClick={() => onPick(bar.key)}
              >
                {content}
              </UnstyledButton>
            ) : (
              <div className={classes.row}>{content}</div>
            )}
          </li>
        );
      })}
    </ol>
  );
}
