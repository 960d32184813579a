import type { ScannedImport } from '../../scan-contract.ts';
import { ALLOWED } from './allowed.ts';
import {
  DANGEROUS_MODULES,
  DANGEROUS_NAMES,
  DANGEROUS_SINGLE_MODULES,
  EXCUSED,
  TOUCHING_METHODS,
  WAYS_OUT,
} from './dangerous.ts';

export type ImportLevel = ScannedImport['level'];

// Names of Python 2, as unpicklers translate them.
const PYTHON_2: Readonly<Record<string, string>> = {
  __builtin__: 'builtins',
  copy_reg: 'copyreg',
  cPickle: 'pickle',
  exceptions: 'builtins',
  'numpy.core': 'numpy._core',
};

/**
 * What importing a name means. The allow list goes first; what is on neither list is `suspicious`.
 *
 * @param module as written in the pickle, Python 2's names too
 * @param name   may be dotted: from protocol 4 on every dot is a step into an attribute
 */
export function importLevel(module: string, name: string): ImportLevel {
  if (module.length > LONGEST || name.length > LONGEST) return 'suspicious';
  const plainModule = plain(module);
  const plainName = plain(name);
  // No such name can be imported: what looks like one are other bytes read as a pickle.
  if (!NAME.test(plainModule) || !NAME.test(plainName)) return 'suspicious';
  const isPlain = plainModule === translate(module) && plainName === name;
  const key = `${plainModule} ${plainName}`;
  if (isPlain && (ALLOWED.has(key) || isLayerOfTorch(plainModule, name))) return 'allowed';
  if (EXCUSED.has(key)) return 'suspicious';
  const parts = plainName.split('.');
  const names = DANGEROUS_NAMES.get(plainModule);
  const known =
    isDangerousModule(plainModule) ||
    names?.has(plainName) ||
    names?.has(parts[0]!) ||
    // torch `hub.load`, a module's own `os`.
    isDangerousModule(`${plainModule}.${plainName}`) ||
    parts.some((part) => WAYS_OUT.has(part));
  if (known) return 'dangerous';
  return parts.length > 1 && leavesModule(plainModule, parts) ? 'dangerous' : 'suspicious';
}

/** No module is called by more characters. */
const LONGEST = 500;
const NAME = /^[\p{L}_][\p{L}\p{N}_.]*$/u;

function translate(module: string): string {
  return PYTHON_2[module] ?? module.replace(/^numpy\.core(?=\.)/, 'numpy._core');
}

/** Spaces around a name and letters of another width keep neither a reader nor some loaders from seeing the name. */
function plain(text: string): string {
  return translate(text.normalize('NFKC').trim());
}

function isDangerousModule(module: string): boolean {
  if (DANGEROUS_SINGLE_MODULES.has(module)) return true;
  for (let end = module.length; end > 0; end = module.lastIndexOf('.', end - 1)) {
    if (DANGEROUS_MODULES.has(module.slice(0, end))) return true;
  }
  return false;
}

/** Their state is data; what runs is in torch: `torch.nn.modules.linear Linear`. */
function isLayerOfTorch(module: string, name: string): boolean {
  return /^torch\.nn\.modules\.[a-z_]+$/.test(module) && /^[A-Z]\w*$/.test(name);
}

/** `Outer.Inner` and `Class.method` stay in their module; a walk through a module or `__globals__` does not. */
function leavesModule(module: string, parts: readonly string[]): boolean {
  return (
    TOUCHING_METHODS.has(module) ||
    !/^_*[A-Z]/.test(parts[0]!) ||
    parts.some((part) => part.startsWith('__'))
  );
}
