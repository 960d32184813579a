import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { localeOf } from '../../../app/i18n.ts';
import { dayText } from '../../../charts/date-text.ts';
import type { ChosenPeriod } from '../period.ts';
import { dimensions, type Filters, type HomeSearch, toggled } from '../search.ts';
import { DimensionFilter } from './DimensionFilter.tsx';
import { FilterChips } from './FilterChips.tsx';
import classes from './filters.module.css';
import { PeriodPicker } from './PeriodPicker.tsx';

/** What the page shows: which days (where there is a choice of them) and which sales. */
export function FilterBar({
  period,
  filters,
  onChange,
}: {
  readonly period?: ChosenPeriod;
  readonly filters: Filters;
  readonly onChange: (change: Partial<HomeSearch>) => void;
}) {
  const { t, i18n } = useTranslation('sales');
  return (
    <Stack component="search" gap={8} mb="md" aria-label={t('filter.title')}>
      <div className={classes.bar}>
        {period && <PeriodPicker period={period} onChange={onChange} />}
        {dimensions.map((dimension) => (
          <DimensionFilter
            key={dimension}
            dimension={dimension}
            chosen={filters[dimension] ?? []}
            onToggle={(value) => onChange(toggled(filters, dimension, value))}
          />
        ))}
      </div>
      <FilterChips filters={filters} onChange={onChange} />
      {period?.behind && period.preset !== null && period.preset !== 'all' && (
        <Text size="xs" c="dimmed">
          {t('filter.behind', { date: dayText(period.anchor, localeOf(i18n)) })}
        </Text>
      )}
    </Stack>
  );
}
