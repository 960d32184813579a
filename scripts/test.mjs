// `npm test`: brings the services, runs the checks' sibling suites (unit, database, queue, whole product in a browser),
// takes everything down again and says what was skipped and why. `npm test -- <filter>` runs only matching files.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installMissing } from './services/debian.mjs';
import { findProgram } from './services/process.mjs';
import { startServices } from './services.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const isCI = process.env.CI === 'true';
const filters = process.argv.slice(2);
const reports = mkdtempSync(join(tmpdir(), 'kizashi-test-'));
const vitest = join(root, 'node_modules/vitest/vitest.mjs');

function runVitest(config, env, report) {
  return new Promise((done) => {
    const args = [
      'run',
      '--config',
      config,
      '--passWithNoTests',
      '--reporter=default',
      '--reporter=json',
    ];
    const child = spawn(
      process.execPath,
      [vitest, ...args, `--outputFile.json=${report}`, ...filters],
      {
        cwd: root,
        stdio: 'inherit',
        env: { ...process.env, ...env },
      },
    );
    child.on('close', (code) => done(code ?? 1));
  });
}

/** Totals of a report, and the titles of skipped tests: a suite says in its title what it lacks. */
function read(report) {
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: [] };
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const skipped = testResults
    .flatMap((file) => file.assertionResults)
    .filter(
      (test) => test.status === 'pending' || test.status === 'skipped' || test.status === 'todo',
    )
    .map((test) => test.fullName);
  return { passed: numPassedTests, failed: numFailedTests, skipped };
}

const say = (line) => console.log(line);
// Where nothing may be skipped, what a single test needs too. It comes with a daemon, so nobody else gets it unasked.
if (isCI && !findProgram(['clamscan'])) installMissing([{ packages: ['clamav'] }], say);
const services = await startServices({ say });
const stop = () => services.stop().finally(() => process.exit(130));
process.once('SIGINT', stop);
process.once('SIGTERM', stop);

let failedRuns = 0;
const totals = { passed: 0, failed: 0, skipped: [] };
try {
  for (const config of ['vitest.config.ts', 'test/e2e/vitest.config.ts']) {
    const report = join(reports, `${config.replaceAll('/', '-')}.json`);
    if ((await runVitest(config, services.env, report)) !== 0) failedRuns++;
    const { passed, failed, skipped } = read(report);
    totals.passed += passed;
    totals.failed += failed;
    totals.skipped.push(...skipped);
  }
} finally {
  await services.stop();
  rmSync(reports, { recursive: true, force: true });
}

for (const { name, needs } of services.missing) console.log(`skipped: ${name} needs ${needs}`);
for (const title of totals.skipped) console.log(`skipped: ${title}`);
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped.length} skipped`);
const nothingMayBeSkipped = isCI && (services.missing.length > 0 || totals.skipped.length > 0);
if (nothingMayBeSkipped) console.log('CI=true: nothing may be skipped');
process.exit(failedRuns > 0 || totals.failed > 0 || nothingMayBeSkipped ? 1 : 0);
