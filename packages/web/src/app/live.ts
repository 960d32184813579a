import { type ClientMessage, type ServerMessage, serverMessage } from '@kizashi/server/contract/ws';

/** `off`: nobody listens, or nobody is signed in. */
export type LiveState = 'off' | 'connecting' | 'connected' | 'reconnecting';

/** The part of a WebSocket that is used, so that tests can bring their own. */
export interface LiveSocket {
  send(text: string): void;
  close(): void;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
}

export interface LiveDependencies {
  readonly createSocket: () => LiveSocket;
  /** In [0, 1). Spreads reconnects, so that a restarted server is not met by everybody at once. */
  readonly random: () => number;
}

export interface LiveListener {
  onMessage(body: unknown, at: number): void;
  /** Messages were missed and are no longer kept: load the state afresh. */
  onGap?(): void;
}

export interface Live {
  /** Listens to a topic; returns the function that stops. */
  subscribe(topic: string, listener: LiveListener): () => void;
  state(): LiveState;
  onState(listener: () => void): () => void;
  /** Allow connections (after sign-in). */
  start(): void;
  /** Close and forget what was seen (after sign-out). */
  stop(): void;
  /** Try at once instead of waiting for the back-off, for example when the network is back. */
  retryNow(): void;
}

const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 30_000;
const PING_EVERY_MS = 25_000;
const PONG_WITHIN_MS = 10_000;

interface Topic {
  readonly listeners: Set<LiveListener>;
  position: { epoch: string; offset: number } | undefined;
}

/**
 * One WebSocket for the whole page. It is open only while somebody listens, subscribes again with the last
 * seen position after every break, and tells listeners when something was missed for good.
 */
export function createLive({ createSocket, random }: LiveDependencies): Live {
  const topics = new Map<string, Topic>();
  const stateListeners = new Set<() => void>();
  let state: LiveState = 'off';
  let started = false;
  let socket: LiveSocket | undefined;
  let attempts = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pongTimer: ReturnType<typeof setTimeout> | undefined;

  function setState(next: LiveState) {
    if (next === state) return;
    state = next;
    for (const listener of stateListeners) listener();
  }

  function send(message: ClientMessage) {
    socket?.send(JSON.stringify(message));
  }

  function subscribeOnServer(name: string, topic: Topic) {
    send({ type: 'subscribe', topic: name, ...topic.position });
  }

  function connect() {
    clearTimeout(timer);
    setState(attempts === 0 ? 'connecting' : 'reconnecting');
    const opened = createSocket();
    socket = opened;
    opened.onopen = () => {
      attempts = 0;
      setState('connected');
      for (const [name, topic] of topics) subscribeOnServer(name, topic);
      timer = setTimeout(ping, PING_EVERY_MS);
    };
    opened.onmessage = (event: { readonly data: unknown }) => receive(event.data);
    opened.onclose = lost;
  }

  function ping() {
    send({ type: 'ping' });
    clearTimeout(pongTimer);
    pongTimer = setTimeout(lost, PONG_WITHIN_MS);
    timer = setTimeout(ping, PING_EVERY_MS);
  }

  function drop() {
    clearTimeout(timer);
    clearTimeout(pongTimer);
    if (socket === undefined) return;
    const dropped = socket;
    socket = undefined;
    dropped.onopen = null;
    dropped.onmessage = null;
    dropped.onclose = null;
    dropped.close();
  }

  /** A half-open connection may never report its end, so it is dropped, not only waited for. */
  function lost() {
    drop();
    if (!started || topics.size === 0) return setState('off');
    const longest = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** attempts);
    attempts += 1;
    setState('reconnecting');
    timer = setTimeout(connect, longest / 2 + (random() * longest) / 2);
  }

  function receive(data: unknown) {
    clearTimeout(pongTimer);
    const message = parseMessage(data);
    if (message === undefined || message.type === 'pong' || message.type === 'error') return;
    const topic = topics.get(message.topic);
    if (topic === undefined) return;
    const known = topic.position;
    topic.position = { epoch: message.epoch, offset: message.offset };
    if (message.type === 'subscribed') {
      if (known !== undefined && !message.complete) {
        for (const listener of topic.listeners) listener.onGap?.();
      }
      return;
    }
    for (const listener of topic.listeners) listener.onMessage(message.body, message.at);
  }

  function subscribe(name: string, listener: LiveListener): () => void {
    let topic = topics.get(name);
    if (topic === undefined) {
      topic = { listeners: new Set(), position: undefined };
      topics.set(name, topic);
      if (state === 'connected') subscribeOnServer(name, topic);
      else if (started && socket === undefined && state === 'off') connect();
    }
    topic.listeners.add(listener);
    return () => unsubscribe(name, listener);
  }

  function unsubscribe(name: string, listener: LiveListener) {
    const topic = topics.get(name);
    if (topic === undefined || !topic.listeners.delete(listener)) return;
    if (topic.listeners.size > 0) return;
    topics.delete(name);
    if (state === 'connected') send({ type: 'unsubscribe', topic: name });
  }

  return {
    subscribe,
    state: () => state,
    onState(listener) {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    start() {
      if (started) return;
      started = true;
      if (topics.size > 0) connect();
    },
    stop() {
      started = false;
      attempts = 0;
      drop();
      for (const topic of topics.values()) topic.position = undefined;
      setState('off');
    },
    retryNow() {
      if (state !== 'reconnecting' || socket !== undefined) return;
      connect();
    },
  };
}

function parseMessage(data: unknown): ServerMessage | undefined {
  if (typeof data !== 'string') return undefined;
  try {
    return serverMessage.parse(JSON.parse(data));
  } catch {
    // A message of a newer server is no reason to break the page.
    return undefined;
  }
}
