import { MultiSelect, TagsInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/services.tsx';
import { useText } from '../../app/use-text.ts';
import type { FilterDimension } from '../../app/workspace.ts';
import { workspaces } from '../../workspaces/index.ts';

interface FilterProps {
  readonly name: string;
  readonly values: readonly string[];
  readonly onChange: (values: string[]) => void;
}

/** Accepted values of one dimension; offers those that the workspace knows, else takes what is typed. */
export function DimensionFilter(props: FilterProps) {
  const { t } = useTranslation();
  for (const workspace of workspaces) {
    const dimension = workspace.dimensions?.find(({ name }) => name === props.name);
    if (dimension !== undefined) {
      return <KnownValues {...props} dimension={dimension} namespace={workspace.name} />;
    }
  }
  return (
    <TagsInput
      label={props.name}
      placeholder={props.values.length === 0 ? t('rule.all') : ''}
      value={[...props.values]}
      onChange={props.onChange}
    />
  );
}

function KnownValues({
  name,
  values,
  onChange,
  dimension,
  namespace,
}: FilterProps & { dimension: FilterDimension; namespace: string }) {
  const { t } = useTranslation();
  const text = useText();
  const api = useApi();
  const [search, setSearch] = useState('');
  const [typed] = useDebouncedValue(search, 250);
  const found = useQuery({
    queryKey: ['dimension', name, typed],
    queryFn: ({ signal }) => dimension.search(api, typed, signal),
    placeholderData: keepPreviousData,
  });
  const offered = found.data ?? [];
  const chosen = values
    .filter((value) => !offered.some((one) => one.value === value))
    .map((value) => ({ value, label: value }));
  return (
    <MultiSelect
      label={text(`${namespace}:${dimension.labelKey}`)}
      placeholder={values.length === 0 ? t('rule.all') : ''}
      searchable
      searchValue={search}
      onSearchChange={setSearch}
      // The server has searched already.
      filter={({ options }) => options}
      data={[...chosen, ...offered]}
      value={[...values]}
      onChange={onChange}
      nothingFoundMessage={t('rule.noValues')}
      hidePickedOptions
      maxValues={100}
    />
  );
}
