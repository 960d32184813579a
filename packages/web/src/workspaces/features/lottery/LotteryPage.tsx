import type { LotteryInsight } from '@kizashi/server/workspaces/features';
import { Button, Group, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useApi } from '../../../app/services.tsx';
import { useCan } from '../../../app/session.ts';
import { useFormat } from '../../../app/use-format.ts';
import { useLanguage } from '../../../app/use-language.ts';
import { useSearchState } from '../../../app/use-search-state.ts';
import { timeText } from '../../../charts/time-text.ts';
import { Caution } from '../../../ui/caution.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { Empty } from '../../../ui/states.tsx';
import { ChoiceNumber } from '../ChoiceNumber.tsx';
import { lotteriesQuery, lotteryQuery } from '../queries.ts';
import { ExampleButton } from '../series/ExampleButton.tsx';
import { CarryOver } from './CarryOver.tsx';
import { NumberBoard } from './NumberBoard.tsx';
import { NumberGroups } from './NumberGroups.tsx';
import { RandomnessTests } from './RandomnessTests.tsx';

const USUAL_WINDOW = 30;

const searchSchema = z.object({
  loto: z.string().max(64).optional().catch(undefined),
  window: z.coerce.number().int().min(2).max(10_000).optional().catch(undefined),
});

/** Number games: what came how often, and what the tests say of it. */
export function LotteryPage() {
  const { t } = useTranslation('features');
  const can = useCan();
  const lotteries = useQuery(lotteriesQuery(useApi()));
  return (
    <>
      <PageHeader title={t('lottery.title')} description={t('lottery.description')} />
      <Caution icon="info" title={t('lottery.honest.title')} mb="md">
        {t('lottery.honest.text')}
      </Caution>
      <QueryState query={lotteries} height={400}>
        {({ items }) =>
          items.length === 0 ? (
            <Section>
              <Empty
                icon="dice"
                title={t('lottery.empty.title')}
                action={
                  can('features.import') && (
                    <Group justify="center">
                      <Button component={Link} to="/features/import">
                        {t('series.import')}
                      </Button>
                      <ExampleButton />
                    </Group>
                  )
                }
              >
                {t('lottery.empty.text')}
              </Empty>
            </Section>
          ) : (
            <Game games={items.map(({ loto }) => loto)} />
          )
        }
      </QueryState>
    </>
  );
}

function Game({ games }: { readonly games: readonly string[] }) {
  const { t } = useTranslation('features');
  const [search, change] = useSearchState(searchSchema);
  const loto = games.find((game) => game === search.loto) ?? games[0]!;
  const { window = USUAL_WINDOW } = search;
  const found = useQuery(lotteryQuery(useApi(), loto, window));
  return (
    <>
      <Section>
        <Group gap="sm" align="flex-end">
          <Select
            label={t('lottery.game')}
            data={[...games]}
            value={loto}
            onChange={(value) => change({ loto: value ?? undefined })}
            allowDeselect={false}
            searchable
            w={200}
          />
          <ChoiceNumber
            label={t('lottery.window')}
            value={window}
            onChoose={(value) => change({ window: value })}
            min={2}
            max={10_000}
            w={170}
          />
        </Group>
      </Section>
      <QueryState query={found} height={400}>
        {(game) => (
          <>
            <GameFacts game={game} />
            <RandomnessTests game={game} />
            <NumberBoard game={game} />
            <NumberGroups game={game} />
            {game.carryOver && <CarryOver game={game} carryOver={game.carryOver} />}
          </>
        )}
      </QueryState>
    </>
  );
}

function GameFacts({ game }: { readonly game: LotteryInsight }) {
  const { t } = useTranslation('features');
  const format = useFormat();
  const language = useLanguage();
  const when = (time: number) => timeText(time, game.timeKind, language);
  return (
    <Section>
      <Facts
        facts={[
          { name: t('lottery.draws'), value: format.number(game.draws, 0) },
          { name: t('lottery.range'), value: `${when(game.first)} – ${when(game.last)}` },
          {
            name: t('lottery.pool'),
            value: t(`lottery.kind.${game.kind}`, {
              count: game.perDraw,
              lowest: game.lowest,
              highest: game.highest,
            }),
          },
          { name: t('lottery.newest'), value: game.newest.join('  ') },
          { name: t('lottery.expectedGap'), value: format.number(game.expectedGap, 1) },
        ]}
      />
    </Section>
  );
}
