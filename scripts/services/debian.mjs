import { spawnSync } from 'node:child_process';
import { findProgram } from './process.mjs';

/** On Debian (and its relatives) as root, brings the programs of all missing services in one call. Never asks for more rights. */
export function installMissing(services, say) {
  const packages = services.flatMap((service) => service.packages);
  const aptGet = findProgram(['apt-get']);
  if (packages.length === 0 || process.getuid?.() !== 0 || !aptGet) return;
  say(`Installing ${packages.join(', ')} from Debian …`);
  const commands = [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', ...packages],
  ];
  for (const args of commands) {
    const result = spawnSync(aptGet, args, {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      encoding: 'utf8',
    });
    if (result.status !== 0) {
      say(`apt-get ${args[0]} failed: ${(result.stderr || String(result.error)).trim()}`);
      return;
    }
  }
}
