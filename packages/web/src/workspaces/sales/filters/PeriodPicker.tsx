import '@mantine/dates/styles.layer.css';
import 'dayjs/locale/ja';
import { Button, Group, NavLink, Popover, Stack, Text } from '@mantine/core';
import { DateInput, DatePicker, DatesProvider } from '@mantine/dates';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localeOf } from '../../../app/i18n.ts';
import { useOrganisation } from '../../../app/session.ts';
import { periodText } from '../../../charts/date-text.ts';
import { Icon } from '../../../ui/icons.tsx';
import { type ChosenPeriod, offeredPresets } from '../period.ts';
import type { HomeSearch } from '../search.ts';
import classes from './filters.module.css';

type PeriodSearch = Pick<HomeSearch, 'period' | 'from' | 'to'>;

/** Ready-made periods, or any two days, typed or picked in a calendar. */
export function PeriodPicker({
  period,
  onChange,
}: {
  readonly period: ChosenPeriod;
  readonly onChange: (search: PeriodSearch) => void;
}) {
  const { t, i18n } = useTranslation('sales');
  const [opened, { toggle, close }] = useDisclosure(false);
  const choose = (search: PeriodSearch) => {
    close();
    onChange(search);
  };
  return (
    <Popover opened={opened} onDismiss={close} position="bottom-start" trapFocus shadow="md">
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<Icon name="clock" size={16} />}
          rightSection={<Icon name="chevronDown" size={14} />}
          onClick={toggle}
          aria-haspopup="dialog"
          aria-expanded={opened}
        >
          <span className={classes.periodName}>
            {period.preset === null ? t('filter.custom') : presetText(t, period)}
          </span>
          <Text span size="sm" c="dimmed" ml={8} visibleFrom="xs">
            {periodText(period.from, period.to, localeOf(i18n))}
          </Text>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('filter.period')} p="xs">
        <div className={classes.period}>
          <nav className={classes.presets} aria-label={t('filter.presets')}>
            {offeredPresets.map((preset) => (
              <NavLink
                key={preset}
                component="button"
                label={presetText(t, { ...period, preset })}
                active={preset === period.preset}
                aria-current={preset === period.preset ? 'true' : undefined}
                className={classes.preset}
                onClick={() => choose({ period: preset, from: undefined, to: undefined })}
              />
            ))}
          </nav>
          <OwnPeriod key={`${period.from} ${period.to}`} period={period} onChoose={choose} />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function presetText(t: ReturnType<typeof useTranslation<'sales'>>['t'], period: ChosenPeriod) {
  const { preset, behind } = period;
  if (behind && (preset === 'today' || preset === 'yesterday')) {
    return t(`filter.preset.${preset}Behind`);
  }
  return t(`filter.preset.${preset ?? 'all'}`);
}

function OwnPeriod({
  period,
  onChoose,
}: {
  readonly period: ChosenPeriod;
  readonly onChoose: (search: PeriodSearch) => void;
}) {
  const { t, i18n } = useTranslation('sales');
  const { weekStartsOn } = useOrganisation();
  const [days, setDays] = useState<[string | null, string | null]>([period.from, period.to]);
  const [from, to] = days;
  const valid = from !== null && to !== null && from <= to;
  const japanese = localeOf(i18n) === 'ja';
  const typed = {
    valueFormat: japanese ? 'YYYY/MM/DD' : 'YYYY-MM-DD',
    popoverProps: { disabled: true },
    size: 'xs',
  } as const;
  return (
    <DatesProvider
      settings={{ locale: japanese ? 'ja' : 'en', firstDayOfWeek: weekStartsOn === 7 ? 0 : 1 }}
    >
      <Stack gap="xs" w={264}>
        <Group gap="xs" grow wrap="nowrap">
          <DateInput
            {...typed}
            label={t('filter.from')}
            value={from}
            onChange={(day) => setDays([day, to])}
          />
          <DateInput
            {...typed}
            label={t('filter.to')}
            value={to}
            onChange={(day) => setDays([from, day])}
            error={from !== null && to !== null && !valid}
          />
        </Group>
        <DatePicker
          type="range"
          allowSingleDateInRange
          hideOutsideDates
          // Red weekends would be the only coloured text, and are too pale to read.
          weekendDays={[]}
          value={days}
          onChange={setDays}
          defaultDate={period.to}
          monthLabelFormat={japanese ? 'YYYY年M月' : 'MMMM YYYY'}
          yearLabelFormat={japanese ? 'YYYY年' : 'YYYY'}
          ariaLabels={{
            nextMonth: t('filter.nextMonth'),
            previousMonth: t('filter.previousMonth'),
          }}
        />
        {!valid && (
          <Text size="xs" c="dimmed">
            {t('filter.invalidDates')}
          </Text>
        )}
        <Button
          size="xs"
          disabled={!valid}
          onClick={() => valid && onChoose({ period: undefined, from, to })}
        >
          {t('filter.apply')}
        </Button>
      </Stack>
    </DatesProvider>
  );
}
