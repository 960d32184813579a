/**
 * Anomaly detectors on the Numenta Anomaly Benchmark beside their published peers, alarms where nothing happens, and speed.
 *
 *   node bench/anomaly.ts
 *
 * Data: 39 of the 58 files of NAB 1.1 (MIT), read from `../shared/reference/forecast/nab` beside the repository, or the folder
 * in KIZASHI_REFERENCE; peers' figures on the same files come from `detector_scores.json` there. One setting and one threshold
 * for all files: the defaults. They were chosen on the files of even place (from 0) in the
 * sorted list; the halves are shown apart.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ANOMALY_METHODS,
  type AnomalyMethod,
  alarmQuality,
  createDetector,
  type LabelledScores,
  NAB_PROFILES,
  nabScore,
} from '../packages/series/src/index.ts';
import { createRandom } from '../packages/series/src/math/random.ts';

const THRESHOLD = 0.5;
const OTHER_THRESHOLDS = [0.46, 0.48, 0.49, 0.51, 0.52, 0.55, 0.6];
const SIMULATED_POINTS = 20_000;
/** At first a detector has seen too little to be called wrong. */
const SIMULATED_WARM_UP = 1_000;
const STEP_MS = 300_000;

interface NabFile {
  readonly name: string;
  readonly t: Float64Array;
  readonly y: Float64Array;
  readonly windows: readonly (readonly [number, number])[];
}

interface Peer {
  readonly detector: string;
  readonly standard_shared: number;
  readonly reward_low_FP_rate_shared: number;
  readonly reward_low_FN_rate_shared: number;
  readonly shared_windows_hit: number;
  readonly shared_fp_points: number;
}

const root = process.env.KIZASHI_REFERENCE ?? join(import.meta.dirname, '../../shared/reference');
const folder = join(root, 'forecast/nab');
if (existsSync(folder)) benchmark(loadFiles());
else console.log(`skipped: no reference data at ${folder}; set KIZASHI_REFERENCE`);
simulation();

function benchmark(files: readonly NabFile[]): void {
  const points = files.reduce((sum, { y }) => sum + y.length, 0);
  console.log(`\nNAB, ${files.length} files, ${points} points, threshold ${THRESHOLD}\n`);
  console.log(
    '| detector | standard | half chosen on | other half | low FP | low FN | precision | recall | delay | false per 1,000 | in range | points/s |',
  );
  console.log(
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
  );
  let ensemble: readonly LabelledScores[] = [];
  for (const method of ANOMALY_METHODS) {
    const { judged, inRange, perSecond } = judgeAll(files, method);
    if (method === 'ensemble') ensemble = judged;
    const half = (rest: number) => judged.filter((_, i) => i % 2 === rest);
    const quality = alarmQuality(judged, THRESHOLD);
    row([
      method,
      nabScore(judged, THRESHOLD).toFixed(1),
      nabScore(half(0), THRESHOLD).toFixed(1),
      nabScore(half(1), THRESHOLD).toFixed(1),
      nabScore(judged, THRESHOLD, NAB_PROFILES.lowFalsePositives).toFixed(1),
      nabScore(judged, THRESHOLD, NAB_PROFILES.lowFalseNegatives).toFixed(1),
      quality.precision.toFixed(2),
      quality.recall.toFixed(2),
      quality.delay.toFixed(2),
      quality.falsePerThousand.toFixed(2),
      inRange.toFixed(3),
      String(Math.round(perSecond / 1000) * 1000),
    ]);
  }
  console.log('\nThe ensemble at other thresholds\n');
  console.log('| threshold | standard | low FP | low FN | precision | recall | false per 1,000 |');
  console.log('| ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
  for (const threshold of OTHER_THRESHOLDS) {
    const judged = rejudge(files, threshold);
    const quality = alarmQuality(judged, threshold);
    row([
      threshold.toFixed(2),
      nabScore(judged, threshold).toFixed(1),
      nabScore(judged, threshold, NAB_PROFILES.lowFalsePositives).toFixed(1),
      nabScore(judged, threshold, NAB_PROFILES.lowFalseNegatives).toFixed(1),
      quality.precision.toFixed(2),
      quality.recall.toFixed(2),
      quality.falsePerThousand.toFixed(2),
    ]);
  }
  comparePeers(nabScore(ensemble, THRESHOLD));
  console.log('\nThe ensemble, file by file\n');
  console.log('| file | windows | hit | false alarms | delay | false per 1,000 |');
  console.log('| --- | ---: | ---: | ---: | ---: | ---: |');
  files.forEach(({ name }, i) => {
    const quality = alarmQuality([ensemble[i]!], THRESHOLD);
    row([
      name,
      String(quality.windows),
      String(quality.hits),
      String(quality.falseAlarms),
      Number.isNaN(quality.delay) ? '—' : quality.delay.toFixed(2),
      quality.falsePerThousand.toFixed(2),
    ]);
  });
}

/** Where an incident begins depends on the threshold, so another threshold is another pass. */
function rejudge(files: readonly NabFile[], threshold: number): LabelledScores[] {
  return files.map(({ t, y, windows }) => {
    const detector = createDetector({ threshold });
    return { scores: y.map((value, i) => detector.push(value, t[i]).score), windows };
  });
}

function judgeAll(files: readonly NabFile[], method: AnomalyMethod) {
  const start = process.cpuUsage();
  let inside = 0;
  let points = 0;
  const judged = files.map(({ t, y, windows }): LabelledScores => {
    const detector = createDetector({ method });
    const scores = Float64Array.from(y, (value, i) => {
      const { score, lower, upper } = detector.push(value, t[i]);
      if (value >= lower! && value <= upper!) inside++;
      return score;
    });
    points += y.length;
    return { scores, windows };
  });
  const { user, system } = process.cpuUsage(start);
  return { judged, inRange: inside / points, perSecond: (1e6 * points) / (user + system) };
}

function comparePeers(own: number): void {
  const peers: Peer[] = JSON.parse(
    readFileSync(join(folder, 'detector_scores.json'), 'utf8').replaceAll('NaN', 'null'),
  );
  console.log(
    '\nPublished detectors on the same files, each at its own best threshold for all 58\n',
  );
  console.log(
    '| detector | standard | low FP | low FN | windows hit | false alarms | ours / theirs |',
  );
  console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: |');
  for (const peer of peers) {
    row([
      peer.detector,
      peer.standard_shared.toFixed(1),
      peer.reward_low_FP_rate_shared.toFixed(1),
      peer.reward_low_FN_rate_shared.toFixed(1),
      String(peer.shared_windows_hit),
      String(peer.shared_fp_points),
      (own / peer.standard_shared).toFixed(2),
    ]);
  }
}

/** Alarms for each 1,000 points of series in which nothing happens. */
function simulation(): void {
  console.log(
    `\nAlarms per 1,000 points where nothing happens (${SIMULATED_POINTS} points a kind)\n`,
  );
  const kinds = Object.keys(simulated(createRandom(1)));
  console.log(`| detector | ${kinds.join(' | ')} |`);
  console.log(`| --- |${' ---: |'.repeat(kinds.length)}`);
  for (const method of ANOMALY_METHODS) {
    const cells = kinds.map((kind, k) => {
      const next = simulated(createRandom(100 + k))[kind]!;
      const detector = createDetector({ method });
      let alarms = 0;
      for (let i = 0; i < SIMULATED_POINTS; i++) {
        const { anomaly } = detector.push(next(i), i * STEP_MS);
        if (anomaly && i >= SIMULATED_WARM_UP) alarms++;
      }
      return ((1000 * alarms) / (SIMULATED_POINTS - SIMULATED_WARM_UP)).toFixed(2);
    });
    row([method, ...cells]);
  }
}

function simulated(random: () => number): Record<string, (i: number) => number> {
  const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const states = { half: 0, most: 0 };
  return {
    'white noise': gauss,
    'AR 0.5': () => {
      states.half = 0.5 * states.half + gauss();
      return states.half;
    },
    'AR 0.9': () => {
      states.most = 0.9 * states.most + gauss();
      return states.most;
    },
    't, 3 df': () => gauss() / Math.sqrt((gauss() ** 2 + gauss() ** 2 + gauss() ** 2) / 3),
    'log-normal': () => Math.exp(gauss()),
    'daily wave': (i) => 3 * Math.sin((2 * Math.PI * i) / 288) + gauss(),
  };
}

function loadFiles(): NabFile[] {
  const windows: Record<string, [string, string][]> = JSON.parse(
    readFileSync(join(folder, 'windows.json'), 'utf8'),
  );
  return Object.keys(windows)
    .sort()
    .map((name) => {
      const lines = readFileSync(join(folder, 'data', name), 'utf8')
        .trim()
        .split('\n')
        .slice(1);
      const rows = lines.map((line) => line.split(','));
      const t = Float64Array.from(rows, ([time]) => millis(time!));
      return {
        name: name.replace('.csv', ''),
        t,
        y: Float64Array.from(rows, ([, value]) => Number(value)),
        windows: windows[name]!.map(([from, to]) => [
          t.findIndex((time) => time >= millis(from)),
          t.findLastIndex((time) => time <= millis(to)),
        ]),
      };
    });
}

function millis(text: string): number {
  return Date.parse(`${text.trim().slice(0, 19).replace(' ', 'T')}Z`);
}

function row(cells: readonly string[]): void {
  console.log(`| ${cells.join(' | ')} |`);
}
