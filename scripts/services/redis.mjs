import { findProgram, startServer } from './process.mjs';

export const redis = {
  name: 'redis',
  variable: 'KIZASHI_TEST_REDIS_URL',
  packages: ['redis-server'],
  needs: 'redis-server or valkey-server on PATH (Debian: redis-server), or Docker',
  docker: {
    image: 'redis:7-alpine',
    port: 6379,
    env: [],
    ready: /Ready to accept connections/,
    url: address,
  },

  find() {
    const server = findProgram(['redis-server', 'valkey-server']);
    return server ? { server } : undefined;
  },

  async start({ server }, folder) {
    const { port, stop } = await startServer({
      program: server,
      args: (free) => ['--port', String(free), '--bind', '127.0.0.1', '--dir', folder, ...SETTINGS],
      folder,
      ready: /Ready to accept connections/,
      stopSignal: 'SIGTERM',
    });
    return { url: address(port), stop };
  },
};

// BullMQ refuses a Redis that may throw jobs away when memory runs out.
const SETTINGS = ['--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction'];

function address(port) {
  return `redis://127.0.0.1:${port}`;
}
