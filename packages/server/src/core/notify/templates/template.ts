import type { Locale } from '../../errors.ts';
import type { RenderedMessage } from '../channel.ts';

/** Says one kind of thing in either language. */
export type Template<D> = (
  data: D,
  locale: Locale,
) => Pick<RenderedMessage, 'subject' | 'text' | 'html' | 'link' | 'data'>;
