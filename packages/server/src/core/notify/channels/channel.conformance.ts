import { afterEach, describe, expect, it } from 'vitest';
import { AppError } from '../../errors.ts';
import type { ChannelKind, RenderedMessage } from '../channel.ts';

/** How a receiver behaves. `slow` takes the message and never answers. */
export type Behaviour = 'accepts' | 'refuses-for-good' | 'refuses-for-now' | 'slow';

/** What a channel's suite brings: the channel and a real receiver on this machine. */
export interface ChannelWorld {
  readonly channel: ChannelKind;
  /** Options that lead to the receiver; holds every secret of `secrets`. */
  readonly options: unknown;
  /** Words that must never be seen outside of the receiver. */
  readonly secrets: readonly string[];
  /** What arrived and was accepted, each as raw text with its readable parts decoded. */
  readonly received: () => readonly string[];
  /** Resolves when a connection has reached the receiver. */
  readonly reached: Promise<unknown>;
  close(): Promise<void>;
}

export interface ChannelSuite {
  /** A channel to a receiver that behaves so. */
  open(behaviour: Behaviour): Promise<ChannelWorld>;
  /** A channel to a port where nobody listens. */
  unreachable(): Promise<ChannelWorld>;
}

const message: RenderedMessage = {
  id: '01hzy3k8example0delivery00',
  severity: 'critical',
  locale: 'ja',
  subject: '売上高: 予測区間の外',
  text: '売上高が予測区間を外れました https://kizashi.example/alerts/01hzy',
  html: '<p>売上高</p>',
  link: 'https://kizashi.example/alerts/01hzy',
  data: { type: 'alert' },
};

/** What every kind of channel promises to the notifier. */
export function describeChannel(title: string, suite: ChannelSuite): void {
  describe(title, () => {
    let world: ChannelWorld | undefined;
    afterEach(() => world?.close());
    const open = async (behaviour: Behaviour) => {
      world = await suite.open(behaviour);
      return world;
    };
    const send = (
      { channel, options }: ChannelWorld,
      change: Partial<RenderedMessage> = {},
      signal = new AbortController().signal,
    ) => channel.send(options, { ...message, ...change }, signal);
    const failureOf = async (sending: Promise<void>): Promise<AppError> => {
      const error = await sending.then(
        () => expect.unreachable('the receiver does not accept'),
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(AppError);
      return error as AppError;
    };

    it('knows its options', async () => {
      const { channel, options } = await open('accepts');
      expect(channel.options.safeParse(options).success).toBe(true);
      expect(channel.options.safeParse({}).success).toBe(false);
    });

    it('delivers once, with delivery id, subject, text and link', async () => {
      const it = await open('accepts');
      await send(it);
      const [received, ...more] = it.received();
      expect(more).toEqual([]);
      for (const part of [message.id, message.subject, message.text, message.link]) {
        expect(received).toContain(part);
      }
    });

    it('shows where it goes without what is secret', async () => {
      const it = await open('accepts');
      const target = it.channel.target(it.options);
      expect(target).not.toBe('');
      for (const secret of it.secrets) expect(target).not.toContain(secret);
    });

    it.each([
      ['refuses-for-good', false],
      ['refuses-for-now', true],
    ] as const)(
      'says of a receiver that %s that trying again helps: %s',
      async (how, retryable) => {
        const it = await open(how);
        const error = await failureOf(send(it));
        expect(error.retryable).toBe(retryable);
        expect(it.received()).toEqual([]);
      },
    );

    it('says of a receiver that is not there that trying again helps', async () => {
      world = await suite.unreachable();
      expect(await failureOf(send(world))).toMatchObject({ retryable: true, status: 503 });
    });

    it('gives up on a receiver that does not answer as soon as it is told to', async () => {
      const it = await open('slow');
      const stop = new AbortController();
      const sending = failureOf(send(it, {}, stop.signal));
      await it.reached;
      stop.abort();
      expect(await sending).toMatchObject({
        retryable: true,
        message: expect.stringContaining('timeout'),
      });
    });

    it.each(['refuses-for-good', 'refuses-for-now', 'slow', 'unreachable'] as const)(
      'tells no secret and nothing of the message when the receiver is: %s',
      async (how) => {
        world = how === 'unreachable' ? await suite.unreachable() : await suite.open(how);
        const stop = new AbortController();
        const sending = failureOf(send(world, { text: 'what-was-said' }, stop.signal));
        if (how === 'slow') {
          await world.reached;
          stop.abort();
        }
        const error = await sending;
        const told = [error.text('en'), error.text('ja'), JSON.stringify(error.params)].join(' ');
        for (const secret of [...world.secrets, 'what-was-said'])
          expect(told).not.toContain(secret);
      },
    );

    it('carries hostile text as text', async () => {
      const it = await open('accepts');
      const hostile = 'x\r\nBcc: everybody@example.org\r\n\r\n.\r\nMAIL FROM:<a@b>"}\u0000{';
      await send(it, { subject: hostile });
      await send(it, { text: hostile });
      await send(it);
      const [subject, , plain, ...more] = it.received();
      expect(subject).not.toMatch(/^Bcc:/m);
      expect(plain).toContain(message.text);
      expect(more).toEqual([]);
    });
  });
}
