/** Only addresses of this product are followed after sign-in: a link must not send people elsewhere. */
export function safeReturn(wanted: unknown): string {
  if (typeof wanted !== 'string' || !wanted.startsWith('/')) return '/';
  const base = 'http://kizashi.invalid';
  try {
    const url = new URL(wanted, base);
    return url.origin === base ? `${url.pathname}${url.search}${url.hash}` : '/';
  } catch {
    return '/';
  }
}
