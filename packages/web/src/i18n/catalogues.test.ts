import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const source = fileURLToPath(new URL('..', import.meta.url));
const files = readdirSync(source, { recursive: true, encoding: 'utf8' });
const folders = files.filter((file) => file.endsWith('i18n/en.json')).map((file) => dirname(file));
const code = files
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
  .map((file) => readFileSync(join(source, file), 'utf8'))
  .join('\n');

type Texts = ReadonlyMap<string, string>;

function read(folder: string, language: string): Texts {
  const texts = new Map<string, string>();
  const collect = (value: unknown, key: string) => {
    if (typeof value === 'string') texts.set(key, value);
    else
      for (const [name, inner] of Object.entries(value as object))
        collect(inner, key === '' ? name : `${key}.${name}`);
  };
  collect(JSON.parse(readFileSync(join(source, folder, `${language}.json`), 'utf8')), '');
  return texts;
}

/** `{{count}}` → `count` */
const parameters = (text: string) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name!).sort();

const PLURAL = /_(zero|one|two|few|many|other)$/;
const base = (key: string) => key.replace(PLURAL, '');
const basesOf = (texts: Texts) => [...new Set([...texts.keys()].map(base))].sort();

/** Every text in quotes that may be a key, and what surrounds the variable part of every template. */
const quoted = new Set([...code.matchAll(/['"]([\w.:-]+)['"]/g)].map(([, text]) => text!));
const templates = [...code.matchAll(/`([\w.:-]*)\$\{[^`}]*\}([\w.:-]*)`/g)].map(
  ([, start, end]) => ({ start: start!.replace(/^\w+:/, ''), end: end! }),
);

function isUsed(key: string, namespace: string): boolean {
  return (
    quoted.has(key) ||
    quoted.has(`${namespace}:${key}`) ||
    templates.some(
      ({ start, end }) => start.includes('.') && key.startsWith(start) && key.endsWith(end),
    )
  );
}

describe.each(folders)('texts of %s', (folder) => {
  const catalogues = { en: read(folder, 'en'), ja: read(folder, 'ja') };
  const namespace = folder.split('/').at(-2) ?? 'core';

  it('are the same in both languages', () => {
    expect(basesOf(catalogues.ja)).toEqual(basesOf(catalogues.en));
  });

  it.each(['en', 'ja'] as const)('have every plural form of %s and no other', (language) => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const texts = catalogues[language];
    for (const key of texts.keys()) {
      const form = PLURAL.exec(key)?.[1];
      if (form === undefined) continue;
      // A text for nothing at all may be given in any language.
      if (form !== 'zero') expect(forms, key).toContain(form);
      for (const needed of forms) expect([...texts.keys()]).toContain(`${base(key)}_${needed}`);
    }
  });

  it('are never empty and take the same parameters', () => {
    for (const [key, text] of catalogues.en) {
      const other = catalogues.ja.get(key) ?? catalogues.ja.get(`${base(key)}_other`) ?? '';
      expect(text.trim(), key).not.toBe('');
      expect(other.trim(), key).not.toBe('');
      // "One alert" needs no number.
      if (!/_(one|zero)$/.test(key)) expect(parameters(other), key).toEqual(parameters(text));
    }
  });

  it('are all used', () => {
    expect(basesOf(catalogues.en).filter((key) => !isUsed(key, namespace))).toEqual([]);
  });
});
