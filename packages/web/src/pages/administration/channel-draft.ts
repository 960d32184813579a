import type { ChannelBody } from '@kizashi/server/contract/notify';
import { z } from 'zod';
import type { Channel } from '../../app/channels.ts';
import type { Locale } from '../../app/i18n.ts';

/** Everything the form holds, for both kinds, so that switching between them loses nothing. */
export interface ChannelDraft {
  readonly kind: 'email' | 'webhook';
  readonly name: string;
  readonly enabled: boolean;
  readonly locale: Locale;
  readonly quiet: boolean;
  readonly quietFrom: string;
  readonly quietTo: string;
  readonly to: readonly string[];
  readonly address: string;
  readonly signingSecret: string;
}

const storedTo = z.object({ to: z.array(z.string()) });

export function newDraft(locale: Locale): ChannelDraft {
  return {
    kind: 'email',
    name: '',
    enabled: true,
    locale,
    quiet: false,
    quietFrom: '22:00',
    quietTo: '07:00',
    to: [],
    address: '',
    signingSecret: '',
  };
}

/** Secrets do not come back from the server: empty keeps what is stored. */
export function draftOf(channel: Channel): ChannelDraft {
  const options = storedTo.safeParse(channel.options);
  return {
    ...newDraft(channel.locale),
    kind: channel.kind === 'webhook' ? 'webhook' : 'email',
    name: channel.name,
    enabled: channel.enabled,
    quiet: channel.quietHours !== null,
    ...(channel.quietHours && {
      quietFrom: channel.quietHours.from,
      quietTo: channel.quietHours.to,
    }),
    to: options.success ? options.data.to : [],
  };
}

export function bodyOf(draft: ChannelDraft): ChannelBody {
  const base = {
    name: draft.name,
    enabled: draft.enabled,
    locale: draft.locale,
    quietHours: draft.quiet ? { from: draft.quietFrom, to: draft.quietTo } : null,
  };
  if (draft.kind === 'email') return { ...base, kind: 'email', to: [...draft.to] };
  return {
    ...base,
    kind: 'webhook',
    ...(draft.address === '' ? {} : { address: draft.address }),
    ...(draft.signingSecret === '' ? {} : { signingSecret: draft.signingSecret }),
  };
}
