import { summariser } from '../../features/extract.ts';
import {
  matrixProfileDepartures,
  motifsDepartures,
} from '../../features/matrix-profile/departures.ts';
import { matrixProfileSet, motifsSet } from '../../features/matrix-profile/matrix-profile-set.ts';
import {
  type PeerValue,
  peerOf,
  readPeerInputs,
  readPeerResults,
  relativeDifference,
} from '../peer-results.ts';
import type { Conformance } from './comparison.ts';
import { tableConformance } from './tables.ts';

const MOTIFS = 'stumpy_motifs_discords';
const peer = () => peerOf(MOTIFS);

export const matrixProfileConformance = tableConformance({
  prefix: 'mp_',
  peer,
  columns: matrixProfileSet,
  tolerance: 'distances absolute 1e-8; starts of windows equal',
  departures: matrixProfileDepartures,
  read(name) {
    const [, id, m] = /^(.*)_m(\d+)$/.exec(name)!;
    return { id: id!, parameters: { m: Number(m) } };
  },
  agreement: () => (name, value, want) =>
    value === want || (name === 'mp' && Math.abs(value - want) <= 1e-8),
});

interface Motifs {
  readonly stumpy_motifs_max3_matches5: {
    readonly distances: readonly (readonly (number | null)[])[];
    readonly indices: readonly (readonly number[])[];
  };
  readonly [feature: string]: PeerValue | Motifs['stumpy_motifs_max3_matches5'];
}

export const motifsConformance: Conformance = {
  files: `${MOTIFS}.json`,
  peer,
  set: motifsSet.name,
  tolerance: 'starts of windows equal; distances and sums 1e-7 · (1 + value)',
  departures: motifsDepartures,
  *compare() {
    const inputs = readPeerInputs();
    for (const [id, windows] of Object.entries(readPeerResults(MOTIFS).series)) {
      for (const [m, recorded] of Object.entries(windows as unknown as Record<string, Motifs>)) {
        const computed = summariser(motifsSet, { m: Number(m) })(inputs.get(id)!);
        for (const [feature, want] of Object.entries(flat(recorded))) {
          const got = (computed[feature] ?? null) as PeerValue;
          const difference = agrees(got, want) ? undefined : `${got}, not ${want}`;
          yield { series: `${id}_m${m}`, feature, numbers: [want].flat().length, difference };
        }
      }
    }
  },
};

/** As the set has them: lists without lists, rows of five. */
function flat({ stumpy_motifs_max3_matches5: shapes, ...others }: Motifs) {
  const five = <T>(row: readonly T[], none: T) =>
    row.length === 0 ? [] : Array.from({ length: 5 }, (_, i) => row[i] ?? none);
  const flattened: Record<string, PeerValue> = {};
  for (const [name, value] of Object.entries(others)) {
    flattened[name] = Array.isArray(value)
      ? (value as readonly PeerValue[]).flat()
      : (value as PeerValue);
  }
  const name = 'stumpy_motifs_max3_matches5';
  flattened[`${name}_indices`] = shapes.indices.flatMap((row) => five(row, -1));
  flattened[`${name}_distances`] = shapes.distances.flatMap((row) => five(row, null));
  return flattened;
}

/** Starts of windows are far enough apart for a tolerance to tell them. */
function agrees(got: PeerValue, want: PeerValue): boolean {
  return relativeDifference(got, want, 1) <= 1e-7;
}
