import { createHash } from 'node:crypto';
import type { SourceName } from '../contract.ts';
import type { ModelFacts } from '../sources/source.ts';
import { libraryErrors } from './errors.ts';
import { safeName } from './safe-name.ts';

const PLACEHOLDERS = [
  'source',
  'type',
  'creator',
  'model',
  'version',
  'baseModel',
  'modelId',
  'versionId',
  'file',
] as const;
type Placeholder = (typeof PLACEHOLDERS)[number];
const MAX_PARTS = 12;
/** When nothing of a name can be used. */
const NAMELESS = 'file';

/** What names are made of. */
export interface PathFacts {
  readonly source: SourceName;
  /** As the source or a person gives it. */
  readonly fileName: string;
  readonly model: ModelFacts | null;
}

/** @throws DOWNLOADS_TEMPLATE_SHAPE, DOWNLOADS_TEMPLATE_UNKNOWN, DOWNLOADS_TEMPLATE_NO_FILE */
export function checkTemplate(template: string): void {
  const parts = template.split('/');
  const isPath = parts.every((part) => part.trim() !== '' && !/^\.+$/.test(part.trim()));
  if (!isPath || parts.length > MAX_PARTS || template.includes('\\')) {
    throw libraryErrors.DOWNLOADS_TEMPLATE_SHAPE({ limit: MAX_PARTS });
  }
  for (const [placeholder, name] of template.matchAll(/\{([^{}]*)\}/g)) {
    if (!PLACEHOLDERS.includes(name as Placeholder)) {
      const known = PLACEHOLDERS.map((each) => `{${each}}`).join(' ');
      throw libraryErrors.DOWNLOADS_TEMPLATE_UNKNOWN({ placeholder, known });
    }
  }
  const files = parts.map((part) => part.split('{file}').length - 1);
  const last = files.pop();
  if (last !== 1 || files.some((n) => n > 0)) {
    // Not filled in: the text shows the placeholder itself.
    throw libraryErrors.DOWNLOADS_TEMPLATE_NO_FILE({ file: '{file}' });
  }
}

/**
 * Path of a file below the library, `/` between folders: the template with each part made a safe name. A folder of which
 * nothing is known is left out; those that a file has in its repository stand before its name. Whatever the facts say,
 * the path stays inside and its first folder is none of our own.
 */
export function pathOf(template: string, facts: PathFacts): string {
  const parts = template.split('/');
  const file = parts.pop() ?? '{file}';
  const wanted = [...parts.map((part) => fill(part, facts)), ...foldersInRepository(facts)];
  const folders = wanted.map((part) => safeName(part, 'folder')).filter((part) => part !== '');
  const name = safeName(fill(file, facts), 'file');
  return [...folders, name === '' ? NAMELESS : name].join('/');
}

/** The same for names that one file system or another takes for the same. */
export function pathKey(path: string): string {
  // Upper case first: ß and SS are one.
  const folded = path.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFC');
  return createHash('sha256').update(folded).digest('hex');
}

/** What a repository of the hub holds is loaded by its folders: `unet/config.json` is not `vae/config.json`. */
function foldersInRepository({ source, fileName }: PathFacts): string[] {
  return source === 'hugging-face' ? fileName.split('/').slice(0, -1).slice(0, MAX_PARTS) : [];
}

function fill(part: string, facts: PathFacts): string {
  return part.replaceAll(/\{([^{}]*)\}/g, (_, name: Placeholder) => factOf(name, facts) ?? '');
}

function factOf(name: Placeholder, { source, fileName, model }: PathFacts): string | null {
  switch (name) {
    case 'source':
      return source;
    case 'file':
      // A name with folders in it: the last part is the name.
      return fileName.split(/[/\\]/).findLast((part) => part.trim() !== '') ?? '';
    case 'type':
      return model?.type ?? null;
    case 'creator':
      return model?.creator ?? null;
    case 'model':
      return model?.name ?? null;
    case 'version':
      return model?.versionName ?? null;
    case 'baseModel':
      return model?.baseModel ?? null;
    case 'modelId':
      return model?.id ?? null;
    case 'versionId':
      return model?.versionId ?? null;
  }
}
