import { Counter, Gauge, type Registry } from 'prom-client';

export interface WsMetrics {
  connected(count: number): void;
  sent(topic: string): void;
  dropped(topic: string): void;
}

export function createWsMetrics(registry: Registry): WsMetrics {
  const connections = new Gauge({
    name: 'kizashi_ws_connections',
    help: 'Live connections open in this process.',
    registers: [registry],
  });
  const out = new Counter({
    name: 'kizashi_ws_messages_total',
    help: 'Live messages handed to connections.',
    labelNames: ['topic'],
    registers: [registry],
  });
  const dropped = new Counter({
    name: 'kizashi_ws_dropped_total',
    help: 'Live messages not sent because the connection was too slow; it was told to load afresh.',
    labelNames: ['topic'],
    registers: [registry],
  });
  return {
    connected: (count) => connections.set(count),
    sent: (topic) => out.inc({ topic }),
    dropped: (topic) => dropped.inc({ topic }),
  };
}
