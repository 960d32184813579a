import type { OfferedModel } from '@kizashi/server/workspaces/downloads';
import { Anchor, Button, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../../app/api-error.ts';
import { usePages } from '../../../app/use-pages.ts';
import { useSearchState } from '../../../app/use-search-state.ts';
import { Caution } from '../../../ui/caution.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { PagedList } from '../../../ui/paged-list.tsx';
import { Section } from '../../../ui/section.tsx';
import { Empty } from '../../../ui/states.tsx';
import classes from '../downloads.module.css';
import { searchKey, searchPage } from '../queries.ts';
import { useWords } from '../use-words.ts';
import { ModelCard } from './ModelCard.tsx';
import { PickButton } from './PickButton.tsx';
import { SearchForm } from './SearchForm.tsx';
import { askedOf, type SearchState, searchStateSchema } from './search-state.ts';
import { Tray } from './Tray.tsx';
import { pickOf } from './use-tray.ts';

/** Most models of a search that are taken as a whole. */
const MODELS = 100;

/** Models to find and pick. */
export function SearchPage() {
  const { t } = useTranslation('downloads');
  const [state, change] = useSearchState(searchStateSchema);
  return (
    <>
      <PageHeader
        title={t('search.title')}
        description={t('search.description')}
        actions={
          <Button
            component={Link}
            to="/downloads/add"
            variant="default"
            leftSection={<Icon name="plus" size={15} />}
          >
            {t('add.title')}
          </Button>
        }
      />
      <SearchForm state={state} onSearch={change} />
      <Section title={t('search.found')}>
        {state.query === undefined ? (
          <Empty icon="search" title={t('search.start')}>
            {t('search.startText')}
          </Empty>
        ) : (
          <Found key={JSON.stringify(state)} state={state} />
        )}
      </Section>
      <Tray />
    </>
  );
}

/** Whether the source is well and only what was asked for is wrong. */
const isAboutWords = (error: Error): boolean => error instanceof ApiError && error.status === 422;

function Found({ state }: { readonly state: SearchState }) {
  const { t } = useTranslation('downloads');
  const asked = askedOf(state);
  const pages = usePages<OfferedModel>({
    queryKey: searchKey(asked),
    ...searchPage,
    query: { ...asked },
    asksOnce: true,
  });
  return (
    <>
      {pages.error !== null && !isAboutWords(pages.error) && (
        <Caution icon="offline" title={t('search.unreachable')} mb="sm">
          {t('search.unreachableText')}{' '}
          <Anchor component={Link} to="/downloads/settings" underline="always">
            {t('search.toSettings')}
          </Anchor>
        </Caution>
      )}
      <PagedList
        pages={pages}
        empty={
          <Empty icon="search" title={t('search.none')}>
            {t('search.noneText')}
          </Empty>
        }
      >
        {(models) => (
          <>
            <FoundHeader models={models} asked={asked} more={pages.hasNextPage} />
            <ul className={classes.cards} aria-label={t('search.found')}>
              {models.map((model) => (
                <ModelCard key={`${model.source} ${model.id}`} model={model} />
              ))}
            </ul>
          </>
        )}
      </PagedList>
    </>
  );
}

function FoundHeader({
  models,
  asked,
  more,
}: {
  readonly models: readonly OfferedModel[];
  readonly asked: ReturnType<typeof askedOf>;
  readonly more: boolean;
}) {
  const { t } = useTranslation('downloads');
  const words = useWords();
  const name = asked.query || asked.creator || asked.tag || asked.type || t('search.everything');
  return (
    <Group justify="space-between" mb="sm">
      <Text size="sm" c="dimmed" role="status">
        {t(more ? 'search.amountMore' : 'search.amount', { models: words.count(models.length) })}
      </Text>
      <PickButton
        pick={pickOf(
          { kind: 'search', search: { ...asked, limit: MODELS }, models: MODELS },
          t('search.allFound', { name }),
          null,
        )}
      >
        {t('search.pick.everything')}
      </PickButton>
    </Group>
  );
}
