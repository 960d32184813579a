import type { Findings } from '../findings.ts';
import type { PartContext } from '../part.ts';
import { importLevel } from '../pickle/policy.ts';
import { NotJson, readJson } from './json-reader.ts';

const MAX_CONFIG = 64 * 1024 * 1024;
const WINDOW = 4 * 1024 * 1024;
const OVERLAP = 256;
const LAMBDA =
  /"class_name"\s*:\s*"(?:Lambda|__lambda__)"|\\"class_name\\"\s*:\s*\\"(?:Lambda|__lambda__)\\"/;

/** In a .keras file, or saved by itself. */
export function isKerasConfig(name: string): boolean {
  return /(^|\/)(config|model|architecture|model_config)\.json$/.test(name);
}

/** `config.json` of a .keras file: a tree of objects, each naming the class or function that is to be made or called. */
export function scanKerasConfig({ part, findings }: PartContext): void {
  const text = part.source.read(0, Math.min(part.source.size, MAX_CONFIG)).toString('utf8');
  if (!text.includes('class_name')) return;
  const objects = new Map<string, { module?: string; name?: string; config?: string }>();
  try {
    readJson(text, {
      value(path, value) {
        const key = path.at(-1);
        if (typeof value !== 'string' || typeof key !== 'string') return;
        if (!['module', 'class_name', 'config', 'fn_module'].includes(key)) return;
        const parent = path.slice(0, -1).join('/');
        const object = objects.get(parent) ?? {};
        objects.set(parent, object);
        if (key === 'module') object.module = value;
        if (key === 'class_name') object.name = value;
        if (key === 'config') object.config = value;
      },
    });
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    if (LAMBDA.test(text)) findings.add('keras.lambda');
    return;
  }
  for (const object of objects.values()) report(findings, object);
}

function report(
  findings: Findings,
  object: { module?: string; name?: string; config?: string },
): void {
  const { module, name, config } = object;
  if (name === undefined) return;
  if (name === 'Lambda' || name === '__lambda__') findings.add('keras.lambda');
  if (module === undefined || module === '') return;
  // A function is named by its config: {"module": "os", "class_name": "function", "config": "system"}.
  const called =
    name === 'function' || name === 'builtin_function_or_method' ? (config ?? name) : name;
  const own = /^(keras|tensorflow|tf_keras|keras_core|keras_nlp|keras_hub|keras_cv)(\.|$)/.test(
    module,
  );
  const level = importLevel(module, called);
  if (level === 'dangerous') {
    findings.add('keras.dangerous-object');
    findings.addImport({ module, name: called, level });
  } else if (!own && level === 'suspicious') {
    findings.add('keras.unknown-object');
    findings.addImport({ module, name: called, level });
  }
}

/** HDF5 and TensorFlow's keras_metadata.pb: the configuration is a text somewhere in it, looked through for layers that carry code. */
export function searchLambda({ part, findings, budget }: PartContext): void {
  const { source } = part;
  for (let position = 0; position < source.size; position += WINDOW - OVERLAP) {
    budget.spend(WINDOW / 256);
    const bytes = source.read(position, WINDOW);
    // Searched as bytes first: making text of weights would cost more than reading them.
    if (bytes.indexOf('ambda') >= 0 && LAMBDA.test(bytes.toString('latin1'))) {
      findings.add('keras.lambda');
      return;
    }
  }
}
