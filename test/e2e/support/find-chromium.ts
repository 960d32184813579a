import { execFile } from 'node:child_process';
import {
  accessSync,
  constants,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './product.ts';

export interface Chromium {
  readonly executable: string;
  /** What it needs in its environment. */
  readonly env: Readonly<Record<string, string>>;
}

export const CHROMIUM_NEEDS =
  'Chromium: install it (Debian: apt-get install chromium), or set KIZASHI_TEST_CHROMIUM to its program';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
/** Value of KIZASHI_TEST_CHROMIUM: pass over the system's. */
const FROM_NPM = 'npm';

/**
 * KIZASHI_TEST_CHROMIUM, else one on PATH, else the one of npm's `@sparticuz/chromium`, which exists for Linux on x64.
 * Undefined where there is none.
 */
export async function findChromium(env = process.env): Promise<Chromium | undefined> {
  const wanted = env.KIZASHI_TEST_CHROMIUM;
  if (wanted && wanted !== FROM_NPM) return { executable: wanted, env: {} };
  const installed = wanted ? undefined : onPath(env.PATH ?? '');
  if (installed !== undefined) return { executable: installed, env: {} };
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  return unpacked();
}

function onPath(path: string): string | undefined {
  const places = NAMES.flatMap((name) => path.split(delimiter).map((folder) => join(folder, name)));
  return places.find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Unpacked once (200 MB, some seconds) and kept in the temporary folder for the next run. */
async function unpacked(): Promise<Chromium> {
  const manifest = join(root, 'node_modules/@sparticuz/chromium/package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const folder = join(tmpdir(), `kizashi-chromium-${version}`);
  const executable = join(folder, 'chromium');
  if (!isProgram(executable)) {
    // Beside it and renamed when whole: a run that was interrupted leaves nothing that looks finished.
    const draft = mkdtempSync(`${folder}-`);
    await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'unpack-chromium.ts')], {
      env: { PATH: process.env.PATH, TMPDIR: draft, AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' },
    });
    writeFileSync(join(draft, 'fonts.conf'), fontConfiguration(folder));
    rmSync(folder, { recursive: true, force: true });
    renameSync(draft, folder);
  }
  return {
    executable,
    env: {
      LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    },
  };
}

/** The package's own names folders of AWS Lambda. */
function fontConfiguration(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>
`;
}
