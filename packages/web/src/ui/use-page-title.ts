import { useEffect } from 'react';

/** The title of the browser tab. An element would come after the one of index.html, and the first one counts. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Kizashi`;
  }, [title]);
}
