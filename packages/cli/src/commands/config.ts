import type { SettingOrigin } from '@kizashi/server';
import { Command } from 'commander';
import { type CommonOptions, type Context, outputOf, say, subcommand } from '../context.ts';
import { print, table } from '../output.ts';
import { settingsFrom } from '../settings.ts';

/** `kizashi config show | check`: the settings as the product would read them. Secrets are never printed. */
export function configCommand(context: Context): Command {
  const group = new Command('config').description(say(context, { en: 'Settings', ja: '設定' }));
  group.addCommand(
    subcommand(context, 'show', {
      en: 'Every setting, its value and where it came from',
      ja: '設定値の一覧',
    }).action(async (options: CommonOptions) => {
      const { describeConfig } = await import('@kizashi/server');
      const settings = describeConfig(await settingsFrom(context.env));
      print(outputOf(context, options), { settings }, () =>
        table([
          context.locale === 'ja'
            ? ['設定', '値', '指定元', '環境変数']
            : ['setting', 'value', 'from', 'variable'],
          ...settings.map(({ name, value, origin, variable }) => [
            name,
            value,
            originWord(context, origin),
            variable,
          ]),
        ]),
      );
    }),
  );
  group.addCommand(
    subcommand(context, 'check', {
      en: 'Check the settings; exit code 2 when something is wrong',
      ja: '設定を検査する（誤りがあれば終了コード 2）',
    }).action(async (options: CommonOptions) => {
      const { file } = await settingsFrom(context.env);
      print(outputOf(context, options), { ok: true, file: file ?? null }, () =>
        say(context, { en: 'The settings are right.', ja: '設定に誤りはありません。' }),
      );
    }),
  );
  return group;
}

function originWord(context: Context, origin: SettingOrigin): string {
  const words = {
    environment: { en: 'environment', ja: '環境変数' },
    file: { en: 'file', ja: 'ファイル' },
    default: { en: 'default', ja: '既定値' },
  };
  return say(context, words[origin]);
}
