import type { Redis } from 'ioredis';
import type { Clock } from '../clock.ts';
import { createId } from '../ids.ts';
import type { Logger } from '../log.ts';
import { openRedis, whenReady } from '../redis/connection.ts';
import { createListeners } from './listeners.ts';
import { KEPT_PER_TOPIC } from './memory-messages.ts';
import type { Message, Messages } from './messages.ts';

export interface RedisMessagesOptions {
  readonly url: string;
  /** Before every key and channel; with a hash tag all of them are in one slot of a cluster. */
  readonly prefix: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly keep?: number;
}

/**
 * A topic whose head was lost (Redis emptied, or restarted without its data) begins a new epoch at offset 0, and
 * what is left of its old stream goes.
 */
const WITH_HEAD = `
  local head, stream = KEYS[1], KEYS[2]
  if redis.call('EXISTS', head) == 0 then
    redis.call('DEL', stream)
    redis.call('HSET', head, 'epoch', ARGV[1], 'offset', 0)
  end
  local epoch = redis.call('HGET', head, 'epoch')
`;

const POSITION = `${WITH_HEAD}
  return {epoch, redis.call('HGET', head, 'offset')}
`;

/** Counts the offset up, keeps the message in the topic's stream and tells all processes, in one step. */
const PUBLISH = `${WITH_HEAD}
  local keep, channel, topic, at, body = ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]
  local offset = redis.call('HINCRBY', head, 'offset', 1)
  redis.call('XADD', stream, 'MAXLEN', '~', keep, offset .. '-0', 'epoch', epoch, 'at', at, 'body', body)
  redis.call('PUBLISH', channel, topic .. ' ' .. epoch .. ' ' .. offset .. ' ' .. at .. ' ' .. body)
`;

interface Position {
  epoch: string;
  offset: number;
}

/**
 * Live messages shared by all processes: a stream per topic keeps the latest ones, a channel brings them at once.
 * A channel forgets whom it could not reach, so a jump in the offsets, or a new connection, makes the reader fetch
 * what it missed from the stream.
 */
export function createRedisMessages(options: RedisMessagesOptions): Messages {
  const { prefix, clock, log, keep = KEPT_PER_TOPIC } = options;
  const channel = `${prefix}:live`;
  const listeners = createListeners(log);
  const heard = new Map<string, Position>();
  const catchingUp = new Map<string, { again: boolean }>();
  let connections: { commands: Redis; reader: Redis } | undefined;

  const streamKey = (topic: string) => `${prefix}:live:${topic}`;
  const keysOf = (topic: string) => [`${streamKey(topic)}:head`, streamKey(topic)] as const;

  async function commands(): Promise<Redis> {
    connections ??= open();
    await whenReady(connections.commands);
    return connections.commands;
  }

  function open(): { commands: Redis; reader: Redis } {
    const reader = openRedis({ ...options, use: 'listening' });
    reader.on('message', (_channel, text) => hear(parse(text)));
    reader.on('ready', () => {
      reader.subscribe(channel).then(
        // Whatever was published before this is in the streams.
        () => {
          for (const topic of listeners.topics()) void catchUp(topic);
        },
        (error: unknown) => log.warn({ err: error }, 'ws.subscribe.failed'),
      );
    });
    return { commands: openRedis({ ...options, use: 'commands' }), reader };
  }

  function hear(message: Message): void {
    const { topic, epoch, offset } = message;
    if (!listeners.has(topic)) return;
    const last = heard.get(topic);
    const follows = last?.epoch === epoch && offset === last.offset + 1;
    if (catchingUp.has(topic) || !follows) void catchUp(topic);
    else pass(message);
  }

  function pass(message: Message): void {
    heard.set(message.topic, { epoch: message.epoch, offset: message.offset });
    listeners.tell(message);
  }

  /** Passes on everything the stream has after the last message heard. One at a time for each topic. */
  async function catchUp(topic: string): Promise<void> {
    const running = catchingUp.get(topic);
    if (running !== undefined) {
      running.again = true;
      return;
    }
    const state = { again: true };
    catchingUp.set(topic, state);
    try {
      while (state.again && listeners.has(topic)) {
        state.again = false;
        const last = heard.get(topic);
        const now = await position(topic);
        if (last === undefined) heard.set(topic, now);
        else {
          const from = last.epoch === now.epoch ? last.offset : 0;
          for (const message of await read(topic, from)) pass(message);
        }
      }
    } catch (error) {
      // The next message or connection brings it up again.
      log.warn({ err: error, topic }, 'ws.catch-up.failed');
    } finally {
      catchingUp.delete(topic);
    }
  }

  async function position(topic: string): Promise<Position> {
    const reply = await (await commands()).eval(
      POSITION,
      2,
      ...keysOf(topic),
      createId(clock.now()),
    );
    const [epoch, offset] = reply as [string, string];
    return { epoch, offset: Number(offset) };
  }

  async function read(topic: string, after: number): Promise<Message[]> {
    const entries = await (await commands()).xrange(streamKey(topic), `(${after}-0`, '+');
    return entries.map(([id, fields]) => {
      const [, epoch = '', , at = '', , body = ''] = fields;
      return {
        topic,
        epoch,
        offset: Number.parseInt(id, 10),
        at: Number(at),
        body: JSON.parse(body),
      };
    });
  }

  return {
    async publish(topic, body) {
      const text = JSON.stringify(body ?? null);
      const now = clock.now();
      const keys = keysOf(topic);
      const connection = await commands();
      await connection.eval(PUBLISH, 2, ...keys, createId(now), keep, channel, topic, now, text);
    },
    subscribe(topic, listener) {
      const isFirst = !listeners.has(topic);
      const remove = listeners.add(topic, listener);
      // Where this reader begins; asked for before anything its caller may ask after this.
      if (isFirst) void catchUp(topic);
      return () => {
        remove();
        if (!listeners.has(topic)) heard.delete(topic);
      };
    },
    async replay(topic, epoch, offset) {
      const now = await position(topic);
      if (epoch !== now.epoch || offset > now.offset) return undefined;
      const missed = await read(topic, offset);
      if (missed.length === 0) return offset === now.offset ? [] : undefined;
      return missed[0]?.offset === offset + 1 && missed[0].epoch === epoch ? missed : undefined;
    },
    position,
    async start() {
      // Not waited for: the streams make up for what was published before the reader is there.
      connections ??= open();
    },
    async stop() {
      listeners.clear();
      const open = connections;
      connections = undefined;
      open?.reader.disconnect();
      // Waits for what is being published, unless there is nobody to send it to.
      if (open?.commands.status === 'ready') await open.commands.quit();
      else open?.commands.disconnect();
    },
  };
}

/** `topic epoch offset at body`: the body is JSON and may hold spaces, the rest may not. */
function parse(text: string): Message {
  const [topic = '', epoch = '', offset = '', at = ''] = text.split(' ', 4);
  const start = topic.length + epoch.length + offset.length + at.length + 4;
  return {
    topic,
    epoch,
    offset: Number(offset),
    at: Number(at),
    body: JSON.parse(text.slice(start)),
  };
}
