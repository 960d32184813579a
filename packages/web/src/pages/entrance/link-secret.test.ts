import { expect, it, vi } from 'vitest';
import { takeLinkSecret } from './link-secret.ts';

function page(pathname: string, hash: string) {
  const replaceState = vi.fn();
  return {
    replaceState,
    page: {
      location: { pathname, hash, search: '' },
      history: { state: null, replaceState },
    } as unknown as Window,
  };
}

it('takes the secret out of the address bar and keeps it for the page', () => {
  const first = page('/reset', '#abc-_123');
  expect(takeLinkSecret(first.page)).toBe('abc-_123');
  expect(first.replaceState).toHaveBeenCalledWith(null, '', '/reset');
  const again = page('/reset', '');
  expect(takeLinkSecret(again.page)).toBe('abc-_123');
  expect(again.replaceState).not.toHaveBeenCalled();
});

it('is empty on a page that was opened without a link', () => {
  expect(takeLinkSecret(page('/setup', '').page)).toBe('');
});
