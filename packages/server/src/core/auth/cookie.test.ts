import { expect, it } from 'vitest';
import { createSessionCookie } from './cookie.ts';

const cookie = createSessionCookie({ url: undefined });

it('finds its value among others', () => {
  expect(cookie.read('a=b; kizashi_session=abc_-; c=d')).toBe('abc_-');
  expect(cookie.read('kizashi_session=x=y')).toBe('x=y');
  expect(cookie.read(' kizashi_session = x ')).toBe('x');
});

it('is not taken in by names that look alike', () => {
  expect(cookie.read('xkizashi_session=abc; kizashi_session2=b')).toBeUndefined();
  expect(cookie.read('')).toBeUndefined();
  expect(cookie.read(undefined)).toBeUndefined();
  expect(cookie.read('kizashi_session')).toBeUndefined();
});

it('is secure and bound to the host over HTTPS', () => {
  const secure = createSessionCookie({ url: 'https://kizashi.example' });
  expect(secure.set('abc', 60)).toBe(
    '__Host-kizashi_session=abc; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=60',
  );
  expect(cookie.set('abc', 60)).toBe(
    'kizashi_session=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=60',
  );
});
