import { type Context, say } from './context.ts';

/** One document `{"series":{"<id>":…}}`, written series by series: its size does not have to fit into memory. */
export function createSeriesDocument({ line }: Pick<Context, 'line'>) {
  let before = '{"series":{';
  return {
    series(id: string, value: unknown): void {
      line(`${before}${JSON.stringify(id)}:${JSON.stringify(value)}`);
      before = ',';
    },
    end: (): void => line('}}'),
  };
}

/** Tells on standard error how many rows of a file of series were left out. */
export function noticeRejected(context: Context, rows: number): void {
  if (rows === 0) return;
  context.notice(
    say(context, {
      en: `${rows === 1 ? '1 row could not be read and was' : `${rows} rows could not be read and were`} left out. See why with: kizashi features validate`,
      ja: `${rows} 行を読めず、除外しました。kizashi features validate で確認できます。`,
    }),
  );
}
