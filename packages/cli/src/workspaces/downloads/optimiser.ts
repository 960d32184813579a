import type { OptimiserView } from '@kizashi/server/workspaces/downloads';
import type { Command } from 'commander';
import {
  type CommonOptions,
  type Context,
  outputOf,
  say,
  subcommand,
  withClient,
} from '../../context.ts';
import { print, table } from '../../output.ts';
import { bytesText } from './words.ts';

const SHOWN = 10;

/** `kizashi downloads optimiser`: how fast it goes, and why so. */
export function optimiserCommand(context: Context): Command {
  return subcommand(
    context,
    'optimiser',
    { en: 'How fast it goes, and why so', ja: '現在の速度と、その判断の理由' },
    { remote: true },
  ).action(async (options: CommonOptions) => {
    await withClient(context, options, async (client) => {
      const view = await client.get<OptimiserView>('/api/downloads/optimiser');
      print(outputOf(context, options), view, () => viewText(context, view));
    });
  });
}

function viewText(context: Context, view: OptimiserView): string {
  const s = (en: string, ja: string): string => say(context, { en, ja });
  const parts = [
    table([
      [s('mode', 'モード'), view.mode],
      [s('network', '回線'), view.networkClass],
      [s('speed', '速度'), `${bytesText(view.now.bytesPerSecond)}/s`],
      [s('connections', '接続数'), String(view.now.connections)],
      ['CPU', `${Math.round(100 * view.now.cpu)} %`],
      [s('memory', 'メモリー'), bytesText(view.now.memoryBytes)],
    ]),
  ];
  if (view.last === null) {
    parts.push(s('Nothing has been decided yet.', 'まだ判断はありません。'));
  } else {
    const decisions = view.decisions.slice(0, SHOWN);
    parts.push(table(decisions.map((one) => [new Date(one.at).toISOString(), one.explanation])));
  }
  if (view.hosts.length > 0) {
    const heading =
      context.locale === 'ja'
        ? ['ホスト', '回線', '速度', '接続数', '失敗率']
        : ['host', 'network', 'speed', 'connections', 'failures'];
    parts.push(
      table([
        heading,
        ...view.hosts.map((host) => [
          host.host,
          host.networkClass,
          `${bytesText(host.bytesPerSecond)}/s`,
          String(host.bestConnections),
          `${(100 * host.failureRate).toFixed(1)} %`,
        ]),
      ]),
    );
  }
  return parts.join('\n\n');
}
