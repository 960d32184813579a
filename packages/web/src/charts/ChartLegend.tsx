import classes from './Chart.module.css';
import { type Look, lookColour } from './chart-tip.ts';
import type { Palette } from './palette.ts';

export interface LegendEntry {
  readonly look: Look;
  readonly label: string;
}

/** What the lines of a chart mean. Not on the canvas, so that it can be read, selected and translated. */
export function ChartLegend({
  entries,
  palette,
}: {
  readonly entries: readonly LegendEntry[];
  readonly palette: Palette;
}) {
  return (
    <ul className={classes.legend}>
      {entries.map((entry) => (
        <li key={entry.label}>
          <span
            className={classes.swatch}
            data-look={entry.look}
            style={{ color: lookColour(entry.look, palette) }}
          />
          {entry.label}
        </li>
      ))}
    </ul>
  );
}
