import { Redis } from 'ioredis';
import { expect, it } from 'vitest';
import { silentLog } from '../../testing/databases.ts';
import { describeRedis } from '../../testing/redis.ts';
import { systemClock } from '../clock.ts';
import { createEar, describeMessages } from './messages.conformance.ts';
import type { Messages } from './messages.ts';
import { createRedisMessages } from './redis-messages.ts';

describeRedis('live messages on Redis', ({ url, prefix, clear }) => {
  function open(under: string): Messages {
    return createRedisMessages({
      url,
      prefix: under,
      clock: systemClock,
      log: silentLog,
      keep: 20,
    });
  }

  describeMessages('carry', async () => {
    const under = prefix();
    const messages = open(under);
    return {
      messages,
      keep: 20,
      async restart() {
        await clear(under);
        return messages;
      },
      close: () => messages.stop(),
    };
  });

  it('bring a message to every process', async () => {
    const under = prefix();
    const [one, two] = [open(under), open(under)];
    await Promise.all([one.start(), two.start()]);
    const ear = createEar();
    two.subscribe('a', ear.listener);
    await two.position('a');
    for (let n = 1; n <= 30; n++) await (n % 2 ? one : two).publish('a', n);
    const heard = await ear.count(30);
    expect(heard.map(({ offset, body }) => [offset, body])).toEqual(
      Array.from({ length: 30 }, (_, n) => [n + 1, n + 1]),
    );
    await Promise.all([one.stop(), two.stop()]);
  });

  it('make up for what was published while the connection was cut', async () => {
    const under = prefix();
    const [writer, reader] = [open(under), open(under)];
    await Promise.all([writer.start(), reader.start()]);
    const ear = createEar();
    reader.subscribe('a', ear.listener);
    // Answered after the reader's own question where it begins.
    await reader.position('a');
    await writer.publish('a', 1);
    await ear.count(1);
    const killer = new Redis(url);
    await killer.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    for (let n = 2; n <= 6; n++) await writer.publish('a', n);
    const heard = await ear.count(6);
    expect(heard.map(({ body }) => body)).toEqual([1, 2, 3, 4, 5, 6]);
    killer.disconnect();
    await Promise.all([writer.stop(), reader.stop()]);
  });

  it('go on in a new epoch for those who listened when everything was lost', async () => {
    const under = prefix();
    const messages = open(under);
    await messages.start();
    const ear = createEar();
    messages.subscribe('a', ear.listener);
    for (const n of [1, 2, 3]) await messages.publish('a', n);
    await ear.count(3);
    await clear(under);
    await messages.publish('a', 4);
    const heard = await ear.count(4);
    expect(heard[3]).toMatchObject({ offset: 1, body: 4 });
    expect(heard[3]?.epoch).not.toBe(heard[2]?.epoch);
    await messages.stop();
  });
});
