import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Registry } from 'prom-client';
import { WebSocketServer } from 'ws';
import { authErrors } from '../auth/errors.ts';
import type { Config } from '../config/config.ts';
import { coreErrors } from '../core-errors.ts';
import { AppError } from '../errors.ts';
import { httpErrors } from '../http/errors.ts';
import type { Principal, PrincipalOf } from '../http/principal.ts';
import { isSameOrigin } from '../http/same-origin.ts';
import type { Logger } from '../log.ts';
import { type After, systemAfter } from '../timers.ts';
import { type Connection, createConnection } from './connection.ts';
import { wsErrors } from './errors.ts';
import { defaultLimits, type WsLimits } from './limits.ts';
import type { Messages, TopicDefinition } from './messages.ts';
import { createWsMetrics } from './metrics.ts';
import { closeCodes } from './outbox.ts';

const PATH = '/api/live';

export interface HubOptions {
  /** `server.server` of Fastify. */
  readonly server: Server;
  readonly config: Pick<Config, 'url'>;
  readonly topics: readonly TopicDefinition[];
  readonly messages: Messages;
  readonly principalOf: PrincipalOf;
  readonly registry: Registry;
  readonly log: Logger;
  readonly after?: After;
  readonly limits?: Partial<WsLimits>;
}

export interface Hub {
  /** Says goodbye to every connection (1001) and waits until they are gone. */
  stop(): Promise<void>;
}

/** Answers `GET /api/live` with live connections (contract.ts). Messages come from `messages`, by topic. */
export function attachHub(options: HubOptions): Hub {
  const { server, principalOf, log } = options;
  const after = options.after ?? systemAfter;
  const limits = { ...defaultLimits, ...options.limits };
  const ownOrigin =
    options.config.url === undefined ? undefined : new URL(options.config.url).origin;
  const metrics = createWsMetrics(options.registry);
  const deps = {
    messages: options.messages,
    topics: new Map(options.topics.map((topic) => [topic.name, topic])),
    limits,
    metrics,
    log,
  };
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.messageBytes,
    // Frames are made once for all connections; compressing them would be done for each.
    perMessageDeflate: false,
  });
  const connections = new Set<Connection>();
  let stopped = false;

  /** @throws AUTH_REQUIRED, CROSS_SITE_REFUSED, WS_CONNECTIONS_FULL, NOT_FOUND */
  async function admit(request: IncomingMessage): Promise<Principal> {
    if (request.url?.split('?', 1)[0] !== PATH) throw coreErrors.NOT_FOUND();
    if (stopped) throw coreErrors.UNAVAILABLE();
    const principal = await principalOf(request);
    if (principal === undefined || principal.via === 'anonymous') throw authErrors.AUTH_REQUIRED();
    // Browsers let any site open a socket here and send our cookie with it; only the origin tells them apart.
    if (principal.via === 'session' && isSameOrigin(request.headers, ownOrigin) !== true) {
      throw httpErrors.CROSS_SITE_REFUSED();
    }
    const own = [...connections].filter((open) => open.principal.userId === principal.userId);
    if (own.length >= limits.connectionsPerUser) {
      throw wsErrors.WS_CONNECTIONS_FULL({ limit: limits.connectionsPerUser });
    }
    return principal;
  }

  function onUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const onError = (error: Error) => log.debug({ err: error }, 'ws.upgrade.error');
    stream.on('error', onError);
    admit(request).then(
      (principal) => {
        stream.off('error', onError);
        sockets.handleUpgrade(request, stream, head, (socket) => {
          const opening = { principal, credentials: { headers: request.headers } };
          const connection = createConnection(socket, opening, deps);
          connections.add(connection);
          metrics.connected(connections.size);
          socket.on('close', () => {
            connections.delete(connection);
            metrics.connected(connections.size);
          });
        });
      },
      (error: unknown) => refuse(stream, error),
    );
  }

  function refuse(stream: Duplex, error: unknown): void {
    const problem = error instanceof AppError ? error : coreErrors.INTERNAL({}, { cause: error });
    if (problem !== error) log.error({ err: error }, 'ws.upgrade.failed');
    const { status, code } = problem;
    const body = JSON.stringify({ status, code, detail: problem.text('en') });
    stream.end(
      `HTTP/1.1 ${status} ${code}\r\nConnection: close\r\nContent-Type: application/problem+json\r\n` +
        `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  }

  /** Once for each session or token, however many connections it has. */
  async function recheckAll(): Promise<void> {
    const groups = Map.groupBy(connections, ({ principal }) => principal.credentialId);
    for (const group of groups.values()) {
      const [first] = group;
      if (first === undefined) continue;
      try {
        const principal = await principalOf({ ...first.credentials, passive: true });
        for (const connection of group) connection.recheck(principal);
      } catch (error) {
        // Nobody is thrown out because the database is away.
        log.warn({ err: error }, 'ws.recheck.failed');
        return;
      }
    }
  }

  function beat(): void {
    for (const connection of connections) if (!connection.beat()) connection.terminate();
    void recheckAll().finally(() => {
      if (!stopped) stopBeat = after(limits.beatMs, beat);
    });
  }

  let stopBeat = after(limits.beatMs, beat);
  server.on('upgrade', onUpgrade);

  return {
    async stop() {
      stopped = true;
      stopBeat();
      const gone = Promise.all(
        [...sockets.clients].map((socket) => {
          const { promise, resolve } = Promise.withResolvers<void>();
          socket.once('close', () => resolve());
          return promise;
        }),
      );
      for (const connection of connections) connection.close(closeCodes.goingAway, 'stopping');
      const stopWaiting = after(limits.closeMs, () => {
        for (const connection of connections) connection.terminate();
      });
      await gone;
      stopWaiting();
    },
  };
}
