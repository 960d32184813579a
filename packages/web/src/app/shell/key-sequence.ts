/** `['?']`, or keys pressed one after the other: `['g', '1']`. */
export interface Shortcut {
  readonly keys: readonly string[];
  readonly label: string;
  readonly run: () => void;
}

/** Time between two keys of one shortcut. */
export const SEQUENCE_MS = 1_200;

/**
 * The shortcut that the last keys complete, and what of them may still become one.
 *
 * @param pressed keys pressed since the last completed or abandoned shortcut, the newest last
 */
export function matchShortcut(
  shortcuts: readonly Shortcut[],
  pressed: readonly string[],
): { readonly shortcut?: Shortcut; readonly pending: readonly string[] } {
  for (let from = 0; from < pressed.length; from++) {
    const keys = pressed.slice(from);
    const candidates = shortcuts.filter((one) => keys.every((key, i) => one.keys[i] === key));
    const complete = candidates.find((one) => one.keys.length === keys.length);
    if (complete !== undefined) return { shortcut: complete, pending: [] };
    if (candidates.length > 0) return { pending: keys };
  }
  return { pending: [] };
}

/** Keys typed into a field or with a modifier belong to somebody else. */
export function isForShortcuts(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return false;
  const target = event.target;
  return !(
    target instanceof Element &&
    target.closest(
      'input, textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"]',
    )
  );
}
