import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { AddressGuard } from '../../../core/address-guard.ts';

/** Connections are kept, apart for each proxy and for those with the guard: one opened without it must not serve the others. */
export function createAgents(): {
  for(url: URL, proxy: URL | null, guard: AddressGuard | null): HttpAgent;
  close(): void;
} {
  const agents = new Map<string, HttpAgent>();
  return {
    for(url, proxy, guard) {
      const key = `${url.protocol} ${proxy?.href ?? ''} ${guard !== null}`;
      let agent = agents.get(key);
      if (agent === undefined) {
        const options = {
          keepAlive: true,
          ...(proxy && { proxyEnv: { HTTP_PROXY: proxy.href, HTTPS_PROXY: proxy.href } }),
          // A proxy looks names up itself; its own address is the administrator's choice.
          ...(guard && proxy === null && { lookup: guard.lookup }),
        };
        agent = url.protocol === 'https:' ? new HttpsAgent(options) : new HttpAgent(options);
        agents.set(key, agent);
      }
      return agent;
    },
    close() {
      for (const agent of agents.values()) agent.destroy();
      agents.clear();
    },
  };
}
