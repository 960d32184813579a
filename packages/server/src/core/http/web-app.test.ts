import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHttp, type TestHttp } from '../../testing/http.ts';

describe('serveWebApp', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kizashi-web-'));
  const root = join(folder, 'app');
  const script = 'console.log("Kizashi");'.repeat(50);
  let http: TestHttp;

  beforeAll(async () => {
    mkdirSync(join(root, 'assets'), { recursive: true });
    writeFileSync(join(folder, 'outside.txt'), 'not for the web');
    writeFileSync(
      join(root, 'index.html'),
      '<style nonce="__CSP_NONCE__"></style><b nonce="__CSP_NONCE__">',
    );
    writeFileSync(join(root, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    writeFileSync(join(root, 'assets/app-1a2b.js'), script);
    writeFileSync(join(root, 'assets/app-1a2b.js.br'), brotliCompressSync(script));
    writeFileSync(join(root, 'assets/app-1a2b.js.gz'), gzipSync(script));
    http = await openTestHttp({ webRoot: root });
  });
  afterAll(async () => {
    await http.close();
    rmSync(folder, { recursive: true });
  });
  const get = (url: string, headers: Record<string, string> = {}) =>
    http.server.inject({ url, headers });

  it('answers every page address with index.html and a fresh nonce', async () => {
    const nonces = new Set<string>();
    for (const path of ['/', '/sign-in', '/sales/customers?q=1', '/a/b/c', '/%22%3E%3Cscript%3E']) {
      const reply = await get(path);
      expect(reply.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(reply.headers['cache-control']).toBe('no-cache');
      const nonce = /'nonce-([^']+)'/.exec(String(reply.headers['content-security-policy']))?.[1];
      expect(reply.body).toBe(`<style nonce="${nonce}"></style><b nonce="${nonce}">`);
      nonces.add(String(nonce));
    }
    expect(nonces.size).toBe(5);
  });

  it('allows pages only their own scripts and styles', async () => {
    const policy = String((await get('/')).headers['content-security-policy']);
    const directives = Object.fromEntries(
      policy.split('; ').map((directive) => {
        const [name = '', ...sources] = directive.split(' ');
        return [name, sources.filter((source) => !source.startsWith("'nonce-")).join(' ')];
      }),
    );
    expect(directives).toMatchObject({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self'",
      'frame-ancestors': "'none'",
      'base-uri': "'none'",
      'form-action': "'self'",
    });
    expect((await get('/')).headers['x-frame-options']).toBe('DENY');
  });

  it('serves hashed files compressed and for ever, others for an hour', async () => {
    const asset = await get('/assets/app-1a2b.js', { 'accept-encoding': 'gzip, br' });
    expect(asset.headers).toMatchObject({
      'content-encoding': 'br',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    expect(asset.headers['content-type']).toMatch(/javascript/);
    const gzip = await get('/assets/app-1a2b.js', { 'accept-encoding': 'gzip' });
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect((await get('/assets/app-1a2b.js')).body).toBe(script);
    expect((await get('/icon.svg')).headers['cache-control']).toBe('public, max-age=3600');
  });

  it('does not answer a missing file or API address with a page', async () => {
    for (const path of ['/assets/app-gone.js', '/favicon.ico', '/api/nothing', '/health/x']) {
      const reply = await get(path);
      expect(reply.statusCode, path).toBe(404);
      expect(reply.json().code).toBe('NOT_FOUND');
    }
    const post = await http.server.inject({ method: 'POST', url: '/sign-in' });
    expect(post.statusCode).toBe(404);
  });

  it('never leaves its folder', async () => {
    for (const path of [
      '/../outside.txt',
      '/assets/../../outside.txt',
      '/%2e%2e/outside.txt',
      '/assets/..%2f..%2foutside.txt',
      '/..\\outside.txt',
    ]) {
      expect((await get(path)).body, path).not.toContain('not for the web');
    }
  });
});
