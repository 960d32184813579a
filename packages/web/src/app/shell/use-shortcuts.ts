import { useEffect, useRef } from 'react';
import { isForShortcuts, matchShortcut, SEQUENCE_MS, type Shortcut } from './key-sequence.ts';

export function useShortcuts(shortcuts: readonly Shortcut[], enabled: boolean): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    if (!enabled) return;
    let pressed: readonly string[] = [];
    let lastAt = 0;
    function onKey(event: KeyboardEvent) {
      if (!isForShortcuts(event)) return;
      if (event.timeStamp - lastAt > SEQUENCE_MS) pressed = [];
      lastAt = event.timeStamp;
      const { shortcut, pending } = matchShortcut(latest.current, [...pressed, event.key]);
      pressed = pending;
      if (shortcut === undefined) return;
      event.preventDefault();
      shortcut.run();
    }
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [enabled]);
}
