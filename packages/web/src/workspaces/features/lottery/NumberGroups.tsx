import type { LotteryInsight } from '@kizashi/server/workspaces/features';
import { SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/use-format.ts';
import { BarList } from '../../../charts/BarList.tsx';
import { ChartFrame } from '../../../charts/ChartFrame.tsx';

const SHOWN = 10;

/** Numbers that came together most often. */
export function NumberGroups({ game }: { readonly game: LotteryInsight }) {
  const { t } = useTranslation('features');
  const format = useFormat();
  if (game.perDraw < 2) return null;
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" my="md">
      <div>
        <Groups
          game={game}
          kind="pairs"
          text={t('groups.pairsText', { expected: format.number(game.expectedPair, 1) })}
        />
      </div>
      {game.triples.length > 0 && (
        <div>
          <Groups game={game} kind="triples" text={t('groups.triplesText')} />
        </div>
      )}
    </SimpleGrid>
  );
}

function Groups({
  game,
  kind,
  text,
}: {
  readonly game: LotteryInsight;
  readonly kind: 'pairs' | 'triples';
  readonly text: string;
}) {
  const { t } = useTranslation('features');
  const format = useFormat();
  const groups = game[kind].map(({ numbers, count }) => ({ label: numbers.join(' – '), count }));
  const title = t(`groups.${kind}`);
  return (
    <ChartFrame
      title={title}
      description={text}
      table={{
        columns: [
          { key: 'numbers', title: t('groups.numbers'), text: String, numeric: false },
          {
            key: 'count',
            title: t('groups.count'),
            text: (cell) => format.number(Number(cell), 0),
            numeric: true,
          },
        ],
        rows: groups.map(({ label, count }) => [label, count]),
      }}
      fileName={`${game.loto}-${kind}`}
      height={360}
    >
      {() => (
        <BarList
          label={title}
          bars={groups.slice(0, SHOWN).map(({ label, count }) => ({
            key: label,
            label,
            size: count,
            value: format.number(count, 0),
          }))}
        />
      )}
    </ChartFrame>
  );
}
