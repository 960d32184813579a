import { parentPort, workerData } from 'node:worker_threads';
import { openEngine } from './engine.ts';
import type { FactSource } from './fact-source.ts';
import type { EngineOptions, EngineReply, EngineRequest } from './messages.ts';

// Entry point of the analytics thread: the engine's messages in, its answers out.

const options = workerData as EngineOptions;
const port = parentPort!;
const reply = (message: EngineReply): void => port.postMessage(message);
const log = {
  info: (fields: object, event: string) => reply({ type: 'log', level: 'info', fields, event }),
  warn: (fields: object, event: string) => reply({ type: 'log', level: 'warn', fields, event }),
};

const sources = await Promise.all(
  options.factSources.map(async (href) => ((await import(href)) as { facts: FactSource }).facts),
);
const engine = await openEngine(options, sources, log as Parameters<typeof openEngine>[2]);
reply({ type: 'opened', version: engine.version() });

async function answer(request: EngineRequest): Promise<unknown> {
  switch (request.type) {
    case 'query':
      return engine.query(request.sql, request.values);
    case 'sync':
      return engine.sync(request.timeZone);
    case 'close':
      await engine.close();
      return null;
  }
}

port.on('message', (request: EngineRequest) => {
  answer(request).then(
    (value) => {
      reply({ type: 'answer', id: request.id, value });
      if (request.type === 'close') port.close();
    },
    (error: unknown) => reply({ type: 'failure', id: request.id, reason: String(error) }),
  );
});
