import { spawnSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

const START_LIMIT_MS = 120_000;

/** Starts a service in a container when Docker answers; undefined when it does not. */
export async function startInDocker({ image, port, env, ready, url }) {
  if (docker('info').status !== 0) return undefined;
  const flags = env.flatMap((pair) => ['--env', pair]);
  const started = docker(
    'run',
    '--rm',
    '--detach',
    '--publish',
    `127.0.0.1::${port}`,
    ...flags,
    image,
  );
  if (started.status !== 0) throw new Error(started.stderr.trim());
  const id = started.stdout.trim();
  const remove = () => docker('rm', '--force', '--volumes', id);
  process.once('exit', remove);
  try {
    await waitUntilReady(id, ready);
    const published = Number(docker('port', id, String(port)).stdout.trim().split(':').at(-1));
    return {
      url: url(published),
      stop: async () => {
        process.off('exit', remove);
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

async function waitUntilReady(id, ready) {
  for (let waited = 0; waited < START_LIMIT_MS; waited += 500) {
    const logs = docker('logs', id);
    if (ready.test(logs.stdout + logs.stderr)) return;
    await delay(500);
  }
  throw new Error('the container was not ready in time');
}

function docker(...args) {
  return spawnSync('docker', args, { encoding: 'utf8' });
}
