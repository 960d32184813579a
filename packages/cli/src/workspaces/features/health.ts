import type { FeaturesHealth } from '@kizashi/server/workspaces/features';
import type { Command } from 'commander';
import { CommandError } from '../../command-error.ts';
import {
  type CommonOptions,
  type Context,
  outputOf,
  say,
  subcommand,
  withClient,
} from '../../context.ts';
import { print, table } from '../../output.ts';

/** `kizashi features health`: whether a run would find what it needs. */
export function healthCommand(context: Context): Command {
  return subcommand(
    context,
    'health',
    { en: 'Whether database, GPU and disk are there for a run', ja: '実行に必要なものの状態' },
    { remote: true },
  ).action(async (options: CommonOptions) => {
    await withClient(context, options, async (client) => {
      const health = await client.get<FeaturesHealth>('/api/features/health');
      print(outputOf(context, options), health, () => {
        const { database, gpu, disk } = health;
        const free = `${(disk.freeBytes / 1e9).toFixed(1)} GB`;
        return table([
          [say(context, { en: 'database', ja: 'データベース' }), database.engine, database.detail],
          ['GPU', gpu.status, gpu.detail],
          [say(context, { en: 'disk', ja: 'ディスク' }), free, disk.detail],
        ]);
      });
      const hasGpu = health.gpu.status !== 'none' || !health.gpu.required;
      if (health.database.ok && health.disk.ok && hasGpu) return;
      throw new CommandError(
        'FEATURES_NOT_READY',
        say(context, { en: 'A run would fail now.', ja: 'このままでは実行に失敗します。' }),
      );
    });
  });
}
