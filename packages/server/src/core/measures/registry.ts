import { measuresErrors } from './errors.ts';
import type { Measure } from './measure.ts';

/** Every measure of every workspace. */
export interface MeasureRegistry {
  add(measures: readonly Measure[]): void;
  get(id: string): Measure | undefined;
  /** @throws MEASURE_UNKNOWN, also when the caller may not see it: its existence is not told. */
  require(id: string, caller: { readonly permissions: ReadonlySet<string> }): Measure;
  visibleTo(caller: { readonly permissions: ReadonlySet<string> }): readonly Measure[];
}

export function createMeasureRegistry(): MeasureRegistry {
  const byId = new Map<string, Measure>();
  return {
    add(measures) {
      for (const measure of measures) {
        if (byId.has(measure.id)) throw new Error(`measure ${measure.id} is declared twice`);
        byId.set(measure.id, measure);
      }
    },
    get: (id) => byId.get(id),
    require(id, { permissions }) {
      const measure = byId.get(id);
      if (!measure || !permissions.has(measure.permission)) {
        throw measuresErrors.MEASURE_UNKNOWN({ measure: id });
      }
      return measure;
    },
    visibleTo: ({ permissions }) =>
      [...byId.values()].filter((measure) => permissions.has(measure.permission)),
  };
}
