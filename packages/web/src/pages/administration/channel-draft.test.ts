import { channelBody } from '@kizashi/server/contract/notify';
import { expect, it } from 'vitest';
import { bodyOf, draftOf, newDraft } from './channel-draft.ts';

const stored = {
  id: 'c1',
  name: 'Ops',
  enabled: true,
  locale: 'en',
  quietHours: { from: '22:00', to: '07:00' },
  createdAt: 1,
} as const;

it('keeps the secrets of a stored webhook by leaving them out', () => {
  const draft = draftOf({ ...stored, kind: 'webhook', target: 'hooks.example.com', options: {} });
  const body = channelBody.parse(bodyOf({ ...draft, enabled: false }));
  expect(body).toEqual({
    kind: 'webhook',
    name: 'Ops',
    enabled: false,
    locale: 'en',
    quietHours: { from: '22:00', to: '07:00' },
  });
});

it('edits the addresses of a mail channel', () => {
  const draft = draftOf({
    ...stored,
    quietHours: null,
    kind: 'email',
    target: 'a@example.com',
    options: { to: ['a@example.com'] },
  });
  expect(draft).toMatchObject({ kind: 'email', quiet: false, to: ['a@example.com'] });
  expect(bodyOf(draft)).toMatchObject({ quietHours: null, to: ['a@example.com'] });
});

it('sends what is needed of a new webhook', () => {
  const draft = {
    ...newDraft('ja'),
    kind: 'webhook',
    name: 'Hook',
    address: 'https://hooks.example.com/a',
    signingSecret: 's',
  } as const;
  expect(channelBody.parse(bodyOf(draft))).toMatchObject({
    address: 'https://hooks.example.com/a',
    signingSecret: 's',
    locale: 'ja',
  });
});
