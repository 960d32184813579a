import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Message, Messages } from './messages.ts';

/** Live messages as one process sees them, and how to make more of them. */
export interface MessagesWorld {
  readonly messages: Messages;
  /** How many are kept per topic at least. */
  readonly keep: number;
  /** Everything is lost, as after a restart. Gives what readers talk to then. */
  restart(): Promise<Messages>;
  close(): Promise<void>;
}

/** Collects what it hears; `count(n)` resolves once n messages came. */
export function createEar() {
  const heard: Message[] = [];
  let waiting: { n: number; resolve(messages: readonly Message[]): void } | undefined;
  return {
    heard,
    listener(message: Message): void {
      heard.push(message);
      if (waiting !== undefined && heard.length >= waiting.n) waiting.resolve(heard);
    },
    count(n: number): Promise<readonly Message[]> {
      const { promise, resolve } = Promise.withResolvers<readonly Message[]>();
      if (heard.length >= n) resolve(heard);
      else waiting = { n, resolve };
      return promise;
    },
  };
}

/** What every carrier of live messages does. */
export function describeMessages(title: string, createWorld: () => Promise<MessagesWorld>): void {
  describe(title, () => {
    let world: MessagesWorld;
    let messages: Messages;

    beforeEach(async () => {
      world = await createWorld();
      messages = world.messages;
      await messages.start();
    });
    afterEach(() => world.close());

    it('brings each message of a topic to all its listeners, in order', async () => {
      const [first, second, other] = [createEar(), createEar(), createEar()];
      messages.subscribe('a', first.listener);
      messages.subscribe('a', second.listener);
      messages.subscribe('b', other.listener);
      const body = { text: 'a b  c\n兆し', list: [1, null, { deep: true }] };
      await messages.publish('a', body);
      for (let n = 0; n < 50; n++) await messages.publish('a', n);
      await messages.publish('b', 'other');
      const expected = [body, ...Array.from({ length: 50 }, (_, n) => n)];
      for (const ear of [first, second]) {
        const heard = await ear.count(51);
        expect(heard.map((message) => message.body)).toEqual(expected);
        expect(heard.map((message) => message.offset)).toEqual(expected.map((_, n) => n + 1));
        expect(new Set(heard.map((message) => message.epoch)).size).toBe(1);
      }
      expect(await other.count(1)).toMatchObject([{ topic: 'b', body: 'other', offset: 1 }]);
    });

    it('lets listeners come and go', async () => {
      const [stays, leaves, comes] = [createEar(), createEar(), createEar()];
      messages.subscribe('a', stays.listener);
      const leave = messages.subscribe('a', leaves.listener);
      await messages.publish('a', 1);
      await Promise.all([stays.count(1), leaves.count(1)]);
      leave();
      messages.subscribe('a', comes.listener);
      await messages.publish('a', 2);
      expect((await stays.count(2)).map((message) => message.body)).toEqual([1, 2]);
      expect((await comes.count(1)).map((message) => message.body)).toEqual([2]);
      expect(leaves.heard).toHaveLength(1);
    });

    it('goes on when a listener throws', async () => {
      const ear = createEar();
      messages.subscribe('a', () => {
        throw new Error('listener');
      });
      messages.subscribe('a', ear.listener);
      await messages.publish('a', 1);
      expect(await ear.count(1)).toHaveLength(1);
    });

    it('tells a new reader where it starts, and an old one what it missed', async () => {
      const start = await messages.position('a');
      expect(start.offset).toBe(0);
      for (let n = 1; n <= 5; n++) await messages.publish('a', n);
      const now = await messages.position('a');
      expect(now).toEqual({ epoch: start.epoch, offset: 5 });
      const missed = await messages.replay('a', start.epoch, 2);
      expect(missed?.map(({ offset, body }) => [offset, body])).toEqual([
        [3, 3],
        [4, 4],
        [5, 5],
      ]);
      expect(missed?.[0]).toMatchObject({ topic: 'a', epoch: start.epoch });
      expect(await messages.replay('a', now.epoch, 5)).toEqual([]);
      expect(await messages.replay('a', start.epoch, 0)).toHaveLength(5);
    });

    it('says that it cannot replay what it no longer keeps or never had', async () => {
      const { epoch } = await messages.position('a');
      // Twice as many and more: carriers may keep some extra.
      for (let n = 1; n <= world.keep * 2 + 250; n++) await messages.publish('a', n);
      const { offset } = await messages.position('a');
      expect(await messages.replay('a', epoch, offset - world.keep)).toHaveLength(world.keep);
      expect(await messages.replay('a', epoch, 1)).toBeUndefined();
      expect(await messages.replay('a', epoch, offset + 1)).toBeUndefined();
      expect(await messages.replay('a', 'another-epoch', offset)).toBeUndefined();
    });

    it('begins a new epoch when everything was lost', async () => {
      await messages.publish('a', 1);
      const before = await messages.position('a');
      const after = await world.restart();
      await after.start();
      await after.publish('a', 2);
      expect((await after.position('a')).epoch).not.toBe(before.epoch);
      expect(await after.replay('a', before.epoch, before.offset)).toBeUndefined();
    });
  });
}
