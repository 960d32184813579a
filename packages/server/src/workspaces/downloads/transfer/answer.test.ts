import { describe, expect, it } from 'vitest';
import { dispositionName, ifRange, judge } from './answer.ts';
import { parseHead } from './http/head.ts';
import type { FileIdentity } from './journal.ts';
import { follow, targetOf } from './target.ts';

const NOW = Date.UTC(2026, 0, 5);
const known: FileIdentity = { sizeBytes: 1000, etag: '"a"', lastModified: null };
const asked = { start: 100, end: 200 };
const answer = (status: number, lines: string[] = [], file: FileIdentity | null = known) =>
  judge(parseHead([`HTTP/1.1 ${status}`, ...lines].join('\r\n')), asked, file, NOW);

describe('an answer', () => {
  it('is a part only when place, length, whole and ETag are as asked and known', () => {
    const part = ['Content-Range: bytes 100-199/1000', 'Content-Length: 100', 'ETag: "a"'];
    expect(answer(206, part)).toMatchObject({ kind: 'part', range: asked });
    // Fewer bytes than asked for are a part too.
    expect(answer(206, ['Content-Range: bytes 100-149/1000'])).toMatchObject({ kind: 'part' });
    for (const lines of [
      [],
      ['Content-Range: bytes 101-199/1000'],
      ['Content-Range: bytes 100-200/1000'],
      ['Content-Range: bytes 100-99/1000'],
      ['Content-Range: bytes 100-199/150'],
      ['Content-Range: bytes 100-199/*'],
      ['Content-Range: bytes 100-199/1000', 'Content-Length: 99'],
      ['Content-Range: bytes 100-199/1000', 'Content-Encoding: gzip'],
    ])
      expect(answer(206, lines).kind, lines.join()).toBe('invalid');
    expect(answer(206, ['Content-Range: bytes 100-199/1001', 'ETag: "b"']).kind).toBe('changed');
    expect(answer(206, ['Content-Range: bytes 100-199/1000', 'ETag: "b"']).kind).toBe('changed');
  });

  it('with status 200 is the whole, another file, or a page', () => {
    expect(answer(200, ['Content-Length: 1000', 'ETag: "a"'])).toMatchObject({ kind: 'whole' });
    expect(answer(200, ['Content-Length: 1000', 'ETag: "b"']).kind).toBe('changed');
    expect(answer(200, ['Content-Length: 70', 'Content-Type: text/html; charset=utf-8']).kind).toBe(
      'page',
    );
    expect(answer(200, ['Content-Type: text/html'], null).kind).toBe('whole');
  });

  it('may say when to come back, in seconds or as a date', () => {
    expect(answer(503, ['Retry-After: 2'])).toEqual({
      kind: 'busy',
      status: 503,
      retryAfterMs: 2000,
    });
    const date = new Date(NOW + 5000).toUTCString();
    expect(answer(429, [`Retry-After: ${date}`])).toMatchObject({ retryAfterMs: 5000 });
    expect(answer(500, ['Retry-After: soon'])).toMatchObject({ retryAfterMs: null });
  });

  it('416 is an empty file, another file, or nonsense', () => {
    const whole = { start: 0, end: 100 };
    const empty = parseHead('HTTP/1.1 416\r\nContent-Range: bytes */0');
    expect(judge(empty, whole, null, NOW).kind).toBe('empty');
    expect(judge(empty, asked, known, NOW).kind).toBe('changed');
    expect(answer(416, ['Content-Range: bytes */1000']).kind).toBe('invalid');
  });

  it('is compared by strong validators only', () => {
    expect(ifRange(known)).toBe('"a"');
    expect(ifRange({ ...known, etag: 'W/"a"' })).toBeNull();
    expect(ifRange({ ...known, etag: 'W/"a"', lastModified: 'date' })).toBe('date');
  });

  it('may name the file in several ways', () => {
    expect(dispositionName('attachment; filename="a \\"b\\".bin"')).toBe('a "b".bin');
    expect(dispositionName("attachment; filename=x; filename*=UTF-8''%E5%85%86.bin")).toBe(
      '兆.bin',
    );
    expect(dispositionName('attachment; filename=plain.bin; x=y')).toBe('plain.bin');
    expect(dispositionName("attachment; filename*=UTF-8''%E5%zz; filename=plain")).toBe('plain');
    expect(dispositionName('inline')).toBeNull();
  });
});

describe('a redirect', () => {
  const from = targetOf({ url: 'https://a.example/x', headers: { Authorization: 'Bearer t' } });

  it('keeps credentials with their origin', () => {
    expect(follow(from, '/y').headers).toHaveLength(1);
    for (const location of ['https://b.example/y', 'https://a.example:8443/y', '//b.example/y'])
      expect(follow(from, location).headers, location).toEqual([]);
    expect(follow(follow(from, 'https://b.example/'), 'https://a.example/').headers).toEqual([]);
  });

  it('does not lead out of encryption, to other schemes, or round and round', () => {
    for (const location of ['http://a.example/', 'file:///etc/passwd', 'ftp://a/', 'https://'])
      expect(() => follow(from, location), location).toThrow(/leads nowhere/);
    let target = from;
    expect(() => {
      for (;;) target = follow(target, '/x');
    }).toThrow(/too many/);
  });
});

describe('an address', () => {
  it('gives its user and password in a header, and keeps them out of the request', () => {
    const { url, headers } = targetOf({ url: 'http://me:p%40ss@a.example/x#y', headers: {} });
    expect(url.href).toBe('http://a.example/x');
    expect(headers).toEqual([
      ['Authorization', `Basic ${Buffer.from('me:p@ss').toString('base64')}`],
    ]);
  });

  it('cannot smuggle a header, or take the place of one that decides', () => {
    const headers = { range: 'bytes=0-', HOST: 'b', 'X-A': 'b' };
    expect(targetOf({ url: 'http://a/', headers }).headers).toEqual([['X-A', 'b']]);
    for (const bad of [{ 'X-A': 'b\r\nC: d' }, { 'X A': 'b' }, { 'X-A': 'b\0' }])
      expect(() => targetOf({ url: 'http://a/', headers: bad as never })).toThrow(/address/);
    for (const url of ['', 'ftp://a/', 'javascript:x', 'http://'])
      expect(() => targetOf({ url, headers: {} }), url).toThrow(/address/);
  });
});
