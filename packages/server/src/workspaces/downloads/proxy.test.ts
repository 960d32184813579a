import { describe, expect, it } from 'vitest';
import { chooseProxy } from './proxy.ts';

const through = (url: string, env: Record<string, string>, setting?: string): string | undefined =>
  chooseProxy(setting, env)(new URL(url))?.href;

describe('the proxy of an address', () => {
  it('is none without settings', () => {
    expect(through('https://example.org/', {})).toBeUndefined();
  });

  it('is the setting’s for all, whatever the environment says', () => {
    const env = { HTTPS_PROXY: 'http://b:2', NO_PROXY: '*' };
    expect(through('https://example.org/', env, 'http://a:1')).toBe('http://a:1/');
  });

  it('is the environment’s by scheme, in either case', () => {
    const env = { HTTPS_PROXY: 'http://b:2', http_proxy: 'http://c:3' };
    expect(through('https://example.org/', env)).toBe('http://b:2/');
    expect(through('http://example.org/', env)).toBe('http://c:3/');
  });

  it.each([
    ['example.org', 'https://example.org/', true],
    ['example.org', 'https://cdn.example.org/', true],
    ['.example.org', 'https://cdn.example.org/', true],
    ['*.example.org', 'https://cdn.example.org/', true],
    ['example.org', 'https://notexample.org/', false],
    ['example.org:443', 'https://example.org/', true],
    ['example.org:8443', 'https://example.org/', false],
    ['a, EXAMPLE.org b', 'https://example.org/', true],
    ['127.0.0.1', 'https://127.0.0.1:8080/', true],
    ['*', 'https://example.org/', true],
    ['', 'https://example.org/', false],
  ])('with NO_PROXY %s is passed by for %s: %s', (noProxy, url, direct) => {
    const env = { HTTPS_PROXY: 'http://b:2', NO_PROXY: noProxy };
    expect(through(url, env) === undefined).toBe(direct);
  });

  it('is none for what is no address of a proxy', () => {
    expect(through('https://example.org/', { HTTPS_PROXY: 'socks5://b:2' })).toBeUndefined();
    expect(through('https://example.org/', { HTTPS_PROXY: 'nonsense' })).toBeUndefined();
  });
});
