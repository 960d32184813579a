import type { ReactNode } from 'react';

/** Short facts side by side, each with its name above. */
export function Facts({
  facts,
}: {
  readonly facts: readonly {
    readonly name: string;
    readonly value: ReactNode;
    /** Something to look at. */
    readonly bad?: boolean;
  }[];
}) {
  return (
    <dl className="kz-facts">
      {facts.map(({ name, value, bad = false }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd data-bad={bad}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
