import { Badge, Button, Combobox, Group, useCombobox } from '@mantine/core';
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
          role="combobox"
          aria-expanded={combobox.dropdownOpened}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            combobox.updateSelectedOptionIndex();
          }}
          placeholder={t(`filter.search.${dimension}`)}
          aria-label={t(`filter.search.${dimension}`)}
        />
        <Combobox.Options
          className={classes.options}
          hidden={!values.data?.items.length}
          aria-label={t(`filter.${dimension}`)}
          aria-multiselectable
        >
          {values.data?.items.map(({ value, label }) => (
            <Combobox.Option
              key={value}
              value={value}
              active={chosen.includes(value)}
              // Not `aria-selected`: Mantine moves that one along with the arrow keys.
              aria-checked={chosen.includes(value)}
            >
              <Group gap="xs" wrap="nowrap">
                <Icon
                  name="check"
                  size={16}
                  className={classes.check}
                  data-chosen={chosen.includes(value)}
                />
                <span>
                  {label}
                  {label !== value && <small> {value}</small>}
                </span>
              </Group>
            </Combobox.Option>
          ))}
        </Combobox.Options>
        {!values.data?.items.length && (
          <Combobox.Empty role="status">{t(`filter.${emptyReason(values)}`)}</Combobox.Empty>
        )}
      </Combobox.Dropdown>
    </Combobox>
  );
}

function emptyReason({ error, data }: { readonly error: unknown; readonly data: unknown }) {
  if (error !== null) return 'failed';
  return data === undefined ? 'searching' : 'nothingFound';
}
