import { Badge, Button, Checkbox, Combobox, Group, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../app/services.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { valuesQuery } from '../queries.ts';
import type { Dimension } from '../search.ts';
import classes from './filters.module.css';

const TYPING_PAUSE_MS = 150;

/** Any number of values of one dimension, found by typing a part of the name. */
export function DimensionFilter({
  dimension,
  chosen,
  onToggle,
}: {
  readonly dimension: Dimension;
  readonly chosen: readonly string[];
  readonly onToggle: (value: string) => void;
}) {
  const { t } = useTranslation('sales');
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text, TYPING_PAUSE_MS);
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      setText('');
    },
    onDropdownOpen: () => combobox.focusSearchInput(),
  });
  const values = useQuery({
    ...valuesQuery(useApi(), dimension, search),
    enabled: combobox.dropdownOpened,
  });
  return (
    <Combobox
      store={combobox}
      width={320}
      position="bottom-start"
      shadow="md"
      onOptionSubmit={onToggle}
    >
      <Combobox.Target targetType="button" withAriaAttributes={false}>
        <Button
          variant="default"
          rightSection={<Icon name="chevronDown" size={14} />}
          onClick={() => combobox.toggleDropdown()}
          aria-haspopup="listbox"
          aria-expanded={combobox.dropdownOpened}
        >
          {t(`filter.${dimension}`)}
          {chosen.length > 0 && (
            <Badge size="sm" circle ml={6}>
              {chosen.length}
            </Badge>
          )}
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            combobox.updateSelectedOptionIndex();
          }}
          placeholder={t(`filter.search.${dimension}`)}
          aria-label={t(`filter.search.${dimension}`)}
        />
        <Combobox.Options className={classes.options} aria-label={t(`filter.${dimension}`)}>
          {values.data?.items.map(({ value, label }) => (
            <Combobox.Option key={value} value={value} active={chosen.includes(value)}>
              <Group gap="xs" wrap="nowrap">
                <Checkbox
                  size="xs"
                  checked={chosen.includes(value)}
                  readOnly
                  tabIndex={-1}
                  aria-hidden
                />
                <span>
                  {label}
                  {label !== value && <small> {value}</small>}
                </span>
              </Group>
            </Combobox.Option>
          ))}
          <ListState
            text={
              values.error
                ? t('filter.failed')
                : values.data === undefined
                  ? t('filter.searching')
                  : values.data.items.length === 0
                    ? t('filter.nothingFound')
                    : undefined
            }
          />
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

function ListState({ text }: { readonly text: string | undefined }) {
  return text === undefined ? null : <Combobox.Empty role="status">{text}</Combobox.Empty>;
}
