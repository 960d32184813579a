import type { ScannedImport, Verdict } from '../scan-contract.ts';
import { REASONS, type ReasonCode } from './reasons.ts';

/** Most imports that are reported of one file; the verdict counts all of them. */
const MAX_IMPORTS = 1000;
const MAX_NAME_CHARS = 300;

/** From the best to the worst. Broken goes before unread: there is nothing to be gained by unlocking a broken file. */
export const WORSE: readonly Verdict[] = [
  'clean',
  'suspicious',
  'unscannable',
  'malformed',
  'dangerous',
];

/** What was found in one file so far. */
export interface Findings {
  add(code: ReasonCode): void;
  addImport(found: ScannedImport): void;
  /** Takes over everything another scan of a part found. */
  merge(other: Findings): void;
  readonly codes: ReadonlySet<ReasonCode>;
  readonly imports: readonly ScannedImport[];
  readonly verdict: Verdict;
}

export function createFindings(): Findings {
  const codes = new Set<ReasonCode>();
  const imports = new Map<string, ScannedImport>();
  const findings: Findings = {
    codes,
    get imports() {
      return [...imports.values()];
    },
    get verdict() {
      let worst = 0;
      for (const code of codes) worst = Math.max(worst, WORSE.indexOf(REASONS[code]));
      return WORSE[worst]!;
    },
    add(code) {
      codes.add(code);
    },
    addImport(found) {
      const module = found.module.slice(0, MAX_NAME_CHARS);
      const name = found.name.slice(0, MAX_NAME_CHARS);
      // A thousand harmless names must not push the harmful one off the list.
      const most = found.level === 'dangerous' ? 2 * MAX_IMPORTS : MAX_IMPORTS;
      if (imports.size < most) imports.set(`${module}\n${name}`, { ...found, module, name });
    },
    merge(other) {
      for (const found of other.imports) findings.addImport(found);
      for (const code of other.codes) codes.add(code);
    },
  };
  return findings;
}
