import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createSecretBox } from './secret-box.ts';

describe('createSecretBox', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kizashi-box-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const box = createSecretBox({ secret: 'a secret of at least 32 characters', dataFolder: folder });

  it('gives back what was sealed, and seals differently each time', () => {
    const sealed = box.seal('秘密', 'test');
    expect(box.open(sealed, 'test')).toBe('秘密');
    expect(box.seal('秘密', 'test')).not.toBe(sealed);
    expect(box.open(box.seal('', 'test'), 'test')).toBe('');
  });

  it('refuses another purpose, another key, and any changed or cut text', () => {
    const sealed = box.seal('secret', 'test');
    const other = createSecretBox({
      secret: 'another secret of 32 characters!!',
      dataFolder: folder,
    });
    expect(() => box.open(sealed, 'else')).toThrow('current key');
    expect(() => other.open(sealed, 'test')).toThrow('current key');
    for (let i = 0; i < sealed.length; i++) {
      // The last character of base64url may hold unused bits, so change it by more than those.
      const changed = sealed.slice(0, i) + (sealed[i] === 'A' ? 'z' : 'A') + sealed.slice(i + 1);
      expect(() => box.open(changed, 'test'), `character ${i}`).toThrow('current key');
    }
    for (const text of ['', 'v1.', 'v1.AAAA', sealed.slice(0, -6)]) {
      expect(() => box.open(text, 'test')).toThrow('current key');
    }
  });

  it('makes a key file that only its owner reads, and uses it from then on', () => {
    const first = createSecretBox({ secret: undefined, dataFolder: folder });
    const path = join(folder, 'secret.key');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const second = createSecretBox({ secret: undefined, dataFolder: folder });
    expect(second.open(first.seal('x', 'test'), 'test')).toBe('x');
    expect(readFileSync(path, 'utf8')).toMatch(/^[\w+/]{43}=\n$/);
  });

  it('says which key file is damaged, and does not overwrite it', () => {
    const path = join(folder, 'secret.key');
    writeFileSync(path, 'damaged');
    expect(() => createSecretBox({ secret: undefined, dataFolder: folder })).toThrow(path);
    expect(readFileSync(path, 'utf8')).toBe('damaged');
  });
});
