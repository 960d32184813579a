/** The cursor of `Link: <…?cursor=…>; rel="next"`. Only it is taken over, so a link cannot send us to another host. */
export function nextCursorOf(
  link: string | string[] | undefined,
  current: string | null,
): string | null {
  for (const part of String(link ?? '').split(/,(?=\s*<)/)) {
    const match = /^\s*<([^>]{1,4000})>(.*)$/.exec(part);
    if (!match || !/;\s*rel="?next"?/.test(match[2]!)) continue;
    if (!URL.canParse(match[1]!, 'http://x')) continue;
    const cursor = new URL(match[1]!, 'http://x').searchParams.get('cursor');
    // The same again would be a list without end.
    if (cursor !== null && cursor !== '' && cursor !== current) return cursor;
  }
  return null;
}
