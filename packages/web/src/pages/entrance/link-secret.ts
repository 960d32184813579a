import { useState } from 'react';

/**
 * The secret of a one-time link, behind `#` in the address. It is taken out of the address bar at once, so that it
 * does not stay in the history or on a shared screen.
 */
export function useLinkSecret(): string {
  const [secret] = useState(() => takeLinkSecret(window));
  return secret;
}

// Rendering twice (as React does while developing) must not lose what the first time took.
const taken = new Map<string, string>();

export function takeLinkSecret({
  location,
  history,
}: Pick<Window, 'location' | 'history'>): string {
  const secret = decodeURIComponent(location.hash.replace(/^#/, ''));
  if (secret === '') return taken.get(location.pathname) ?? '';
  taken.set(location.pathname, secret);
  history.replaceState(history.state, '', location.pathname + location.search);
  return secret;
}
