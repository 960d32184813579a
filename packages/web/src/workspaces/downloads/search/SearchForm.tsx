import type { sourcesSchema } from '@kizashi/server/workspaces/downloads';
import {
  Autocomplete,
  Button,
  Checkbox,
  Group,
  SegmentedControl,
  Select,
  TextInput,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useApi } from '../../../app/services.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { Section } from '../../../ui/section.tsx';
import { sourcesQuery } from '../queries.ts';
import type { SearchState } from './search-state.ts';

type Sources = z.infer<typeof sourcesSchema>['items'];
const searchable = ['civitai', 'hugging-face'] as const;

/** What to look for. Nothing is asked before the button is pressed: each answer costs the source something. */
export function SearchForm({
  state,
  onSearch,
}: {
  readonly state: SearchState;
  readonly onSearch: (state: SearchState) => void;
}) {
  const { t } = useTranslation('downloads');
  const [draft, setDraft] = useState<SearchState>(state);
  const sources: Sources = useQuery(sourcesQuery(useApi())).data?.items ?? [];
  const change = (part: Partial<SearchState>) => setDraft({ ...draft, ...part });
  const source = draft.source ?? 'civitai';
  const known = sources.find(({ name }) => name === source);
  const civitai = source === 'civitai';
  return (
    <Section>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSearch({ ...draft, query: draft.query?.trim() ?? '' });
        }}
      >
        <Group gap="sm" align="flex-end">
          <SegmentedControl
            aria-label={t('search.source')}
            value={source}
            onChange={(value) =>
              // Kinds and orders are the source's own words.
              setDraft({
                query: draft.query,
                source: searchable.find((one) => one === value),
              })
            }
            data={searchable.map((value) => ({ value, label: t(`source.${value}`) }))}
          />
          <TextInput
            label={t('search.words')}
            type="search"
            leftSection={<Icon name="search" size={16} />}
            value={draft.query ?? ''}
            maxLength={200}
            onChange={(event) => change({ query: event.currentTarget.value })}
            flex="1 1 240px"
          />
          <Button type="submit" leftSection={<Icon name="search" size={16} />}>
            {t('search.submit')}
          </Button>
        </Group>
        <Group gap="sm" align="flex-end" mt="sm">
          <Autocomplete
            label={t('search.type')}
            data={known?.types ?? []}
            value={draft.type ?? ''}
            maxLength={60}
            onChange={(type) => change({ type })}
            w={170}
          />
          {civitai && (
            <TextInput
              label={t('search.baseModel')}
              value={draft.baseModel ?? ''}
              maxLength={60}
              onChange={(event) => change({ baseModel: event.currentTarget.value })}
              w={150}
            />
          )}
          <TextInput
            label={t('search.creator')}
            value={draft.creator ?? ''}
            maxLength={100}
            onChange={(event) => change({ creator: event.currentTarget.value })}
            w={150}
          />
          <TextInput
            label={t('search.tag')}
            value={draft.tag ?? ''}
            maxLength={100}
            onChange={(event) => change({ tag: event.currentTarget.value })}
            w={150}
          />
          <Select
            label={t('search.sort')}
            data={known?.sorts ?? []}
            placeholder={t('search.sortUsual')}
            value={draft.sort ?? null}
            onChange={(sort) => change({ sort: sort ?? undefined })}
            clearable
            w={180}
          />
          <Checkbox
            label={t('search.nsfw')}
            checked={draft.nsfw === 'true'}
            onChange={(event) => change({ nsfw: event.currentTarget.checked ? 'true' : undefined })}
            pb={8}
          />
        </Group>
      </form>
    </Section>
  );
}
