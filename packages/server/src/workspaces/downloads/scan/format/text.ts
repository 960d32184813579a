import { differs, extensionOf, isModelName } from '../expected.ts';
import type { PartContext } from '../part.ts';
import { importLevel } from '../pickle/policy.ts';
import { isHostileTemplate } from './template.ts';

const LOOKED_AT = 64 * 1024;
const MAX_DOCUMENT = 4 * 1024 * 1024;

/** @returns the beginning as text, or null when it is none */
export function asText(bytes: Buffer, complete: boolean): string | null {
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : null;
  try {
    // What is cut in the middle of a character is no mistake.
    const text = new TextDecoder(utf16 ?? 'utf-8', { fatal: true }).decode(bytes, {
      stream: !complete,
    });
    return mostlyPrintable(text) ? text : null;
  } catch {
    return legacyText(bytes);
  }
}

/** Sources and logs hold a control character now and then; binary formats are full of them. */
function mostlyPrintable(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are few is what makes it text
  const controls = text.match(/[\x00-\x08\x0e-\x1a\x1c-\x1f]/g)?.length ?? 0;
  return controls * 200 <= text.length;
}

/** Shift_JIS and EUC-JP where the bytes fit; Latin-1 where most letters are of ASCII. None of them with control characters. */
function legacyText(bytes: Buffer): string | null {
  if (bytes.length < 8) return null;
  let plain = 0;
  for (const byte of bytes) {
    if (byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 0x1b) return null;
    if (byte < 0x80) plain++;
  }
  for (const encoding of ['shift_jis', 'euc-jp']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    } catch {
      // The next one.
    }
  }
  return plain > 0.7 * bytes.length ? bytes.toString('latin1') : null;
}

/** Pages, errors and pointers that were saved in place of a model; what configuration files may hide. */
export function scanText({ part, findings }: PartContext, start: string): void {
  const { name, source, role } = part;
  const extension = extensionOf(name);
  const model = isModelName(name) || differs(name, 'text') || (extension === '' && role === 'file');
  const beginning = start.replace(/^\ufeff/, '').trimStart();
  if (/^version https:\/\/git-lfs\.github\.com\/spec\//.test(beginning)) {
    findings.add('format.lfs-pointer');
    return;
  }
  const isData = model || ['json', 'yaml', 'yml'].includes(extension);
  if (isData && isHtml(beginning)) findings.add('format.html');
  else if (model && /^<\?xml|^<Error>/.test(beginning)) findings.add('format.xml-error');
  else if (model && beginning.startsWith('{')) findings.add('format.json-error');
  else if (isModelName(name) || differs(name, 'text')) findings.add('format.wrong-content');
  const isTemplate = ['jinja', 'jinja2', 'j2'].includes(extension);
  if (!isTemplate && !['json', 'yaml', 'yml'].includes(extension)) return;
  const text = source.size <= LOOKED_AT ? start : source.read(0, MAX_DOCUMENT).toString('utf8');
  const mayHoldTemplate = isTemplate || text.includes('chat_template');
  if (mayHoldTemplate && isHostileTemplate(text)) findings.add('text.template');
  if (extension === 'yaml' || extension === 'yml') scanYaml(text, findings);
}

function isHtml(text: string): boolean {
  let at = 0;
  // Step by step: a pattern for any number of comments has as many ways to fail as there are comments, to the power of two.
  while (true) {
    const comment = text.startsWith('<!--', at) ? '-->' : text.startsWith('<?xml', at) ? '>' : null;
    if (comment === null) break;
    const end = text.indexOf(comment, at);
    if (end < 0) return false;
    at = end + comment.length;
    while (/\s/.test(text[at] ?? '')) at++;
  }
  return /^<(!doctype\s+html|html|head|body|title|script|meta|div)\b/i.test(
    text.slice(at, at + 100),
  );
}

/** `!!python/object/apply:os.system`: what yaml.load without a safe loader calls. */
function scanYaml(text: string, findings: PartContext['findings']): void {
  for (const [, path] of text.matchAll(
    /!!python\/(?:object(?:\/(?:apply|new))?|name|module):([\w.]+)/g,
  )) {
    const dot = path!.lastIndexOf('.');
    const module = dot < 0 ? path! : path!.slice(0, dot);
    const name = dot < 0 ? '' : path!.slice(dot + 1);
    const level = importLevel(module, name);
    findings.addImport({ module, name, level });
    findings.add(level === 'dangerous' ? 'text.python-tag' : 'pickle.unknown-global');
  }
}
