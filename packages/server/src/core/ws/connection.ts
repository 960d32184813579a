import type { RawData, WebSocket } from 'ws';
import type { AppError } from '../errors.ts';
import type { Credentials, Principal } from '../http/principal.ts';
import type { Logger } from '../log.ts';
import { clientMessage } from './contract.ts';
import { wsErrors } from './errors.ts';
import { encode } from './frames.ts';
import type { WsLimits } from './limits.ts';
import type { Message, Messages, TopicDefinition } from './messages.ts';
import type { WsMetrics } from './metrics.ts';
import { closeCodes, createOutbox } from './outbox.ts';
import { createSubscription, type Subscription } from './subscription.ts';

export interface ConnectionDeps {
  readonly messages: Messages;
  readonly topics: ReadonlyMap<string, TopicDefinition>;
  readonly limits: WsLimits;
  readonly metrics: WsMetrics;
  readonly log: Logger;
}

/** One signed-in socket. */
export interface Connection {
  readonly credentials: Credentials;
  readonly principal: Principal;
  /** Pings it; false when it has not answered since the last beat and should be dropped. */
  beat(): boolean;
  /** What the same credentials mean now: closes when nothing, ends what they no longer allow. */
  recheck(principal: Principal | undefined): void;
  close(code: number, reason: string): void;
  terminate(): void;
}

export function createConnection(
  socket: WebSocket,
  opening: { readonly credentials: Credentials; readonly principal: Principal },
  deps: ConnectionDeps,
): Connection {
  const { messages, topics, limits, metrics } = deps;
  const { credentials } = opening;
  let { principal } = opening;
  const log = deps.log.child({ userId: principal.userId });
  const subscriptions = new Map<string, { subscription: Subscription; stop: () => void }>();
  const outbox = createOutbox(socket, limits, () => {
    for (const { subscription } of subscriptions.values()) run(subscription.resume());
  });
  let answered = true;
  let received = 0;

  /** A carrier that is away cannot serve this connection: the client comes back by itself, to any process. */
  function run(work: Promise<void>): void {
    work.catch((error: unknown) => {
      log.warn({ err: error }, 'ws.subscribe.failed');
      socket.close(closeCodes.tryAgainLater, 'try again later');
    });
  }

  function refuse(error: AppError, topic?: string): void {
    const detail = error.text(principal.locale);
    const about = topic === undefined ? {} : { topic };
    outbox.send(encode({ type: 'error', code: error.code, detail, ...about }));
  }

  function refusalOf(name: string): AppError | undefined {
    const topic = topics.get(name);
    if (topic === undefined) return wsErrors.WS_TOPIC_UNKNOWN({ topic: name });
    const { permission } = topic;
    if (permission !== 'signed-in' && !principal.permissions.has(permission)) {
      return wsErrors.WS_TOPIC_FORBIDDEN({ topic: name, permission });
    }
    if (subscriptions.size >= limits.subscriptions && !subscriptions.has(name)) {
      return wsErrors.WS_SUBSCRIPTIONS_FULL({ limit: limits.subscriptions });
    }
    return undefined;
  }

  function subscribe(topic: string, from: { epoch: string; offset: number } | undefined): void {
    unsubscribe(topic);
    const refusal = refusalOf(topic);
    if (refusal !== undefined) {
      refuse(refusal, topic);
      return;
    }
    const subscription = createSubscription(topic, { messages, outbox, metrics });
    // Listening comes first: what is published while the beginning is looked up is held until then.
    const stop = messages.subscribe(topic, (message: Message) => subscription.deliver(message));
    subscriptions.set(topic, { subscription, stop });
    run(subscription.begin(from));
  }

  function unsubscribe(topic: string): void {
    subscriptions.get(topic)?.stop();
    subscriptions.delete(topic);
  }

  function receive(data: RawData, isBinary: boolean): void {
    answered = true;
    received += 1;
    if (received > limits.messagesPerBeat) {
      socket.close(closeCodes.policy, 'too many messages');
      return;
    }
    const message = isBinary ? undefined : parse(String(data));
    if (message === undefined) {
      refuse(wsErrors.WS_MESSAGE_INVALID());
      return;
    }
    switch (message.type) {
      case 'subscribe': {
        const { topic, epoch, offset } = message;
        const known = epoch !== undefined && offset !== undefined;
        subscribe(topic, known ? { epoch, offset } : undefined);
        break;
      }
      case 'unsubscribe':
        unsubscribe(message.topic);
        break;
      case 'ping':
        outbox.send(encode({ type: 'pong' }));
        break;
    }
  }

  socket.on('message', receive);
  socket.on('pong', () => {
    answered = true;
  });
  // Its close follows and tidies up; a client that breaks the protocol is no fault of ours.
  socket.on('error', (error) => log.debug({ err: error }, 'ws.socket.error'));
  socket.on('close', () => {
    for (const topic of [...subscriptions.keys()]) unsubscribe(topic);
  });

  return {
    credentials,
    get principal() {
      return principal;
    },
    beat() {
      if (!answered) return false;
      answered = false;
      received = 0;
      socket.ping();
      return true;
    },
    recheck(found) {
      if (found === undefined || found.userId !== principal.userId) {
        socket.close(closeCodes.policy, 'signed out');
        return;
      }
      principal = found;
      for (const topic of [...subscriptions.keys()]) {
        const refusal = refusalOf(topic);
        if (refusal === undefined) continue;
        unsubscribe(topic);
        refuse(refusal, topic);
      }
    },
    close: (code, reason) => socket.close(code, reason),
    terminate: () => socket.terminate(),
  };
}

function parse(text: string) {
  try {
    return clientMessage.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
