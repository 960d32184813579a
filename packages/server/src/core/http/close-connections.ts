import type { FastifyInstance } from 'fastify';

/**
 * Ends a connection with the answer that is under way on it when the server closes. Node ends those that are idle at that
 * moment, and would keep the others for their client's next request, for more than a minute.
 */
export function closeConnections(server: FastifyInstance): void {
  let closing = false;
  server.addHook('preClose', (done) => {
    closing = true;
    done();
  });
  server.addHook('onRequest', ({ raw: { socket } }, { raw: response }, done) => {
    response.once('close', () => {
      if (closing) socket.end();
    });
    done();
  });
}
