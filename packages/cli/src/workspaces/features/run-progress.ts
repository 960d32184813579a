import type { FeaturesRun } from '@kizashi/server/workspaces/features';
import type { Client } from '../../client.ts';
import { type Context, say } from '../../context.ts';
import { table } from '../../output.ts';

const ENDED = new Set(['done', 'failed', 'cancelled', 'paused']);

/** Follows a run to its end, with progress for people. */
export async function waitForRun(
  context: Context,
  client: Client,
  id: string,
): Promise<FeaturesRun> {
  for (let shown = -1; ; ) {
    const run = await client.get<FeaturesRun>(`/api/features/runs/${encodeURIComponent(id)}`);
    if (ENDED.has(run.state)) return run;
    const percent = Math.floor(run.progress * 100);
    if (percent >= shown + 5) {
      shown = percent;
      const eta = run.etaMs === null ? '' : `, ~${Math.ceil(run.etaMs / 1000)} s`;
      context.notice(`${percent} %  ${run.seriesDone}/${run.seriesTotal}${eta}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** A run and what its sets have cost. */
export function runText(context: Context, run: FeaturesRun): string {
  const s = (en: string, ja: string): string => say(context, { en, ja });
  const took =
    run.startedAt !== null && run.finishedAt !== null ? run.finishedAt - run.startedAt : null;
  const rows = [
    ['id', run.id],
    [s('state', '状態'), run.state],
    [s('series', '系列'), `${run.seriesDone}/${run.seriesTotal}`],
    [s('failed', '失敗'), String(run.seriesFailed)],
    [s('rows written', '書き込み行数'), String(run.rowsWritten)],
    [s('from the cache', 'キャッシュ利用'), String(run.cacheHits)],
    [s('warnings', '警告'), String(run.warnings)],
    [s('took', '所要時間'), took === null ? '—' : `${(took / 1000).toFixed(1)} s`],
  ];
  const costs = Object.entries(run.timings).sort(([, a], [, b]) => b - a);
  const lines = [table(rows)];
  if (costs.some(([, ms]) => ms > 0)) {
    const heading = [s('set', 'セット'), s('computing, ms', '計算時間 (ms)')];
    lines.push('', table([heading, ...costs.map(([name, ms]) => [name, String(ms)])]));
  }
  if (run.error !== null) lines.push('', `! ${run.error}`);
  return lines.join('\n');
}

export function runsTable(context: Context, runs: readonly FeaturesRun[]): string {
  if (runs.length === 0) return say(context, { en: 'No runs.', ja: '実行はありません。' });
  const heading =
    context.locale === 'ja'
      ? ['id', '名前', '状態', '進捗', '系列', '行']
      : ['id', 'name', 'state', 'progress', 'series', 'rows'];
  return table([
    heading,
    ...runs.map((run) => [
      run.id,
      run.name,
      run.state,
      `${Math.floor(run.progress * 100)} %`,
      `${run.seriesDone}/${run.seriesTotal}`,
      String(run.rowsWritten),
    ]),
  ]);
}
