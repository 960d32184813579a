import { isAbsolute, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../testing/random.ts';
import type { ModelFacts } from '../sources/source.ts';
import { checkTemplate, pathKey, pathOf } from './path-template.ts';
import { numberedName, safeName } from './safe-name.ts';

const file = (fileName: string) => pathOf('{file}', { source: 'http', fileName, model: null });
const bytes = (text: string) => Buffer.byteLength(text);

const model: ModelFacts = {
  id: '12',
  name: 'A Model',
  type: 'LORA',
  creator: 'ann',
  versionId: '34',
  versionName: 'v1.0',
  baseModel: 'SDXL',
  nsfw: false,
  tags: [],
  triggerWords: [],
  description: '',
  license: null,
  page: '',
  previewUrl: null,
};

describe('a name from outside', () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['..', 'file'],
    ['/etc/passwd', 'passwd'],
    ['C:\\Windows\\system32\\x.dll', 'x.dll'],
    ['..\\..\\x', 'x'],
    ['a\0b.bin', 'ab.bin'],
    ['con', '_con'],
    ['NUL.safetensors', '_NUL.safetensors'],
    ['com1.tar.gz', '_com1.tar.gz'],
    ['COM¹', '_COM¹'],
    ['console.log', 'console.log'],
    ['what?.bin', 'what_.bin'],
    ['a<b>c:d"e|f*g.bin', 'a_b_c_d_e_f_g.bin'],
    ['trailing. . ', 'trailing'],
    ['  lead.bin', 'lead.bin'],
    ['.hidden', '_hidden'],
    ['.kizashi', '_kizashi'],
    ['cod\u202egnp.exe', 'codgnp.exe'],
    ['zero\u200bwidth.bin', 'zerowidth.bin'],
    ['line\r\nbreak.bin', 'linebreak.bin'],
    ['e\u0301.bin', '\u00e9.bin'],
    ['\ud800.bin', '\ufffd.bin'],
  ])('%j becomes %j', (raw, expected) => {
    expect(file(raw)).toBe(expected);
  });

  it.each(['', ' ', '...', '///', '\u0000', '. . .', '\u202e'])(
    '%j leaves a name of ours',
    (raw) => {
      expect(file(raw)).toBe('file');
    },
  );

  it('is cut by bytes, between characters, and keeps its extension', () => {
    const long = file(`${'竹'.repeat(300)}.safetensors`);
    expect(bytes(long)).toBeLessThanOrEqual(225);
    expect(long).toMatch(/^竹{60,}\.safetensors$/u);
    const family = '👩‍👩‍👧';
    const cut = file(`${family.repeat(40)}.bin`);
    expect(cut.replaceAll(family, '')).toBe('.bin');
    expect(bytes(file(`a.${'x'.repeat(400)}`))).toBeLessThanOrEqual(225);
    expect(bytes(file(`a${'\u0301'.repeat(400)}`))).toBeLessThanOrEqual(225);
    expect(bytes(numberedName(long, 99)) + bytes('.metadata.json')).toBeLessThanOrEqual(255);
  });
});

describe('a path', () => {
  it('is the template with what is known of the file, without folders of which nothing is', () => {
    const template = '{source}/{type}/{creator}/{model} ({baseModel})/{version}/{file}';
    const facts = { source: 'civitai', fileName: 'x.safetensors' } as const;
    expect(pathOf(template, { ...facts, model })).toBe(
      'civitai/LORA/ann/A Model (SDXL)/v1.0/x.safetensors',
    );
    expect(pathOf('{source}/{creator}/{file}', { ...facts, model: null })).toBe(
      'civitai/x.safetensors',
    );
  });

  it('keeps the folders of a repository, whose files are loaded by them', () => {
    const facts = { source: 'hugging-face', fileName: 'unet/../v 1/config.json' } as const;
    expect(pathOf('{source}/{model}/{file}', { ...facts, model })).toBe(
      'hugging-face/A Model/unet/v 1/config.json',
    );
    expect(pathOf('{file}', { source: 'civitai', fileName: 'unet/config.json', model })).toBe(
      'config.json',
    );
  });

  it('never leads out of the library, whatever a source says', () => {
    const random = createRandom(2026);
    const pieces = [
      ...['..', '.', '/', '\\', '\0', 'C:', '~', '$HOME', '%2e%2e', '．．', '／', '∕', ' ', '\t'],
      ...[
        '\u202e',
        '\u200b',
        'con',
        'nul',
        '.kizashi',
        '日本',
        'é',
        '👩‍👩‍👧',
        'a',
        'Z',
        '9',
        '.',
        '-',
      ],
      ...['\ud83d', '*', '?', '"', '|', '\n', '{file}', '{source}', '...', 'x'.repeat(90)],
    ];
    const text = () =>
      Array.from({ length: 1 + Math.floor(random() * 12) }, () => {
        return pieces[Math.floor(random() * pieces.length)];
      }).join('');
    const root = resolve('/library');
    for (let i = 0; i < 5_000; i++) {
      const facts: ModelFacts = {
        ...model,
        name: text(),
        type: text(),
        creator: text(),
        versionName: text(),
      };
      const path = pathOf('{source}/{type}/{creator}/{model}/{version}/{file}', {
        source: i % 2 === 0 ? 'civitai' : 'hugging-face',
        fileName: text(),
        model: facts,
      });
      const parts = path.split('/');
      const inside = relative(root, join(root, ...parts));
      expect(isAbsolute(inside) || inside.startsWith('..')).toBe(false);
      expect(inside.split(/[/\\]/)).toEqual(parts);
      for (const part of parts) {
        expect(part).not.toBe('');
        expect(part).not.toMatch(/^\.|[. ]$|[<>:"|?*\\]|\p{Cc}/u);
        expect(part).not.toMatch(/^(con|nul|aux|prn|com\d|lpt\d)(\.|$)/i);
        expect(bytes(part)).toBeLessThanOrEqual(225);
        expect(part).toBe(part.normalize('NFC'));
        expect(safeName(part, 'file')).toBe(part);
      }
    }
  });

  it('is one with those that some file system takes for it', () => {
    expect(pathKey('a/B.bin')).toBe(pathKey('A/b.BIN'));
    expect(pathKey('STRASSE')).toBe(pathKey('straße'));
    expect(pathKey('e\u0301')).toBe(pathKey('\u00e9'));
    expect(pathKey('a')).not.toBe(pathKey('b'));
  });
});

describe('a template', () => {
  it.each([
    ['{file}', undefined],
    ['models/{type}/{model} - {file}', undefined],
    ['{file}/x', 'DOWNLOADS_TEMPLATE_NO_FILE'],
    ['{model}', 'DOWNLOADS_TEMPLATE_NO_FILE'],
    ['{file}{file}', 'DOWNLOADS_TEMPLATE_NO_FILE'],
    ['/abs/{file}', 'DOWNLOADS_TEMPLATE_SHAPE'],
    ['../{file}', 'DOWNLOADS_TEMPLATE_SHAPE'],
    ['a//{file}', 'DOWNLOADS_TEMPLATE_SHAPE'],
    ['a\\{file}', 'DOWNLOADS_TEMPLATE_SHAPE'],
    [`${'a/'.repeat(20)}{file}`, 'DOWNLOADS_TEMPLATE_SHAPE'],
    ['{size}/{file}', 'DOWNLOADS_TEMPLATE_UNKNOWN'],
  ])('%j: %s', (template, code) => {
    const check = () => checkTemplate(template);
    if (code === undefined) expect(check).not.toThrow();
    else expect(check).toThrow(expect.objectContaining({ code }));
  });
});
