import type { Catalogue } from '@kizashi/server/workspaces/features';
import type { Command } from 'commander';
import { CommandError } from '../../command-error.ts';
import { type CommonOptions, type Context, outputOf, say, subcommand } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { print, table } from '../../output.ts';

/** `kizashi features list [SET]`: the sets, or the features of one. */
export function listCommand(context: Context): Command {
  return subcommand(context, 'list', {
    en: 'Sets of features, or the features of one set',
    ja: '特徴量セットの一覧、または 1 つのセットの特徴量',
  })
    .argument('[set]')
    .action(async (name: string | undefined, options: CommonOptions) => {
      const { featureCatalogue } = await import('@kizashi/server/command-line/features');
      const { sets } = featureCatalogue();
      if (name === undefined) {
        const short = sets.map(({ features, ...set }) => ({ ...set, features: features.length }));
        print(outputOf(context, options), { sets: short }, () => setsTable(context, sets));
        return;
      }
      const set = sets.find((known) => known.name === name);
      if (set === undefined) {
        const names = sets.map((known) => known.name).join(', ');
        throw new CommandError(
          'FEATURES_SET_UNKNOWN',
          say(context, {
            en: `There is no set of features “${name}”. The sets are: ${names}`,
            ja: `特徴量セット「${name}」はありません。セット: ${names}`,
          }),
          exitCodes.usage,
        );
      }
      print(outputOf(context, options), set, () =>
        [parametersTable(context, set), featuresTable(context, set.features)]
          .filter((text) => text !== '')
          .join('\n\n'),
      );
    });
}

function parametersTable({ locale }: Context, set: Catalogue['sets'][number]): string {
  const heading =
    locale === 'ja' ? ['パラメーター', '既定値', '内容'] : ['parameter', 'default', 'what it is'];
  const rows = Object.entries(set.parameters).map(([name, value]) => [
    name,
    String(value),
    set.parameterTexts[name]?.[locale] ?? '',
  ]);
  return rows.length === 0 ? '' : table([heading, ...rows]);
}

function featuresTable(
  { locale }: Context,
  features: Catalogue['sets'][number]['features'],
): string {
  const heading = locale === 'ja' ? ['特徴量', '単位', '内容'] : ['feature', 'unit', 'what it is'];
  return table([
    heading,
    ...features.map(({ name, unit, formula }) => [name, unit[locale], formula[locale]]),
  ]);
}

function setsTable(context: Context, sets: Catalogue['sets']): string {
  const heading =
    context.locale === 'ja'
      ? ['セット', 'パイプライン', '種類', '特徴量', 'パラメーター']
      : ['set', 'pipeline', 'kind', 'features', 'parameters'];
  const kinds = {
    summary: say(context, { en: 'whole series', ja: '系列全体' }),
    columns: say(context, { en: 'by time', ja: '時点ごと' }),
  };
  return table([
    heading,
    ...sets.map((set) => [
      set.name,
      set.pipeline,
      kinds[set.kind],
      String(set.features.length),
      Object.entries(set.parameters)
        .map(([name, value]) => `${name}=${String(value)}`)
        .join(' '),
    ]),
  ]);
}
