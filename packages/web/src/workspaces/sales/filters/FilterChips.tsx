import { Button, CloseButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../app/services.tsx';
import { valuesQuery } from '../queries.ts';
import { type Dimension, dimensions, type Filters, noFilters, toggled } from '../search.ts';
import classes from './filters.module.css';

/** The filters in force, each with a way out. */
export function FilterChips({
  filters,
  onChange,
}: {
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
}) {
  const { t } = useTranslation('sales');
  const chips = dimensions.flatMap((dimension) =>
    (filters[dimension] ?? []).map((value) => ({ dimension, value })),
  );
  if (chips.length === 0) return null;
  return (
    <section className={classes.bar} aria-label={t('filter.active')}>
      {chips.map(({ dimension, value }) => (
        <Chip
          key={`${dimension} ${value}`}
          dimension={dimension}
          value={value}
          onRemove={() => onChange(toggled(filters, dimension, value))}
        />
      ))}
      <Button variant="subtle" size="compact-sm" onClick={() => onChange(noFilters)}>
        {t('filter.clear')}
      </Button>
    </section>
  );
}

function Chip({
  dimension,
  value,
  onRemove,
}: {
  readonly dimension: Dimension;
  readonly value: string;
  readonly onRemove: () => void;
}) {
  const { t } = useTranslation('sales');
  const label = useValueLabel(dimension, value);
  const name = `${t(`filter.${dimension}`)}: ${label}`;
  return (
    <span className={classes.chip}>
      <span className={classes.chipText} title={label}>
        {name}
      </span>
      <CloseButton
        size="xs"
        radius="xl"
        aria-label={t('filter.remove', { name })}
        onClick={onRemove}
      />
    </span>
  );
}

/** A link holds only values; their names are looked up. Until then, and where there is none, the value stands for itself. */
function useValueLabel(dimension: Dimension, value: string): string {
  const found = useQuery(valuesQuery(useApi(), dimension, value.slice(0, 100)));
  return found.data?.items.find((item) => item.value === value)?.label ?? value;
}
