import type { DownloadSchedule } from '@kizashi/server/workspaces/downloads';
import { Button, Chip, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useOrganisation } from '../../../app/session.ts';
import { Icon } from '../../../ui/icons.tsx';
import { Section } from '../../../ui/section.tsx';
import { Megabytes } from './Megabytes.tsx';
import type { PartProps } from './part-props.ts';

type Window = DownloadSchedule['windows'][number];

const week = [1, 2, 3, 4, 5, 6, 7] as const;
const speeds = ['free', 'capped', 'stopped'] as const;
const FIRST_CAP = 5_000_000;
const night: Window = { days: [...week], from: '23:00', to: '07:00', bytesPerSecond: null };
const MOST = 50;

/** Hours, and how fast it may go in them. The first window that holds decides. */
export function ScheduleSection({ settings, change }: PartProps) {
  const { t } = useTranslation('downloads');
  const { timeZone } = useOrganisation();
  const { schedule } = settings;
  const setWindows = (windows: Window[]) => change({ schedule: { ...schedule, windows } });
  return (
    <Section
      title={t('schedule.title')}
      description={t('schedule.text', { timeZone })}
      actions={
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="plus" size={15} />}
          disabled={schedule.windows.length >= MOST}
          onClick={() => setWindows([...schedule.windows, night])}
        >
          {t('schedule.add')}
        </Button>
      }
    >
      <Stack gap="md">
        {schedule.windows.map((window, index) => (
          <WindowFields
            // biome-ignore lint/suspicious/noArrayIndexKey: windows have no identity but their place
            key={index}
            number={index + 1}
            window={window}
            onChange={(changed) =>
              setWindows(schedule.windows.map((one, at) => (at === index ? changed : one)))
            }
            onRemove={() => setWindows(schedule.windows.filter((_, at) => at !== index))}
          />
        ))}
        <Group gap="sm" align="flex-end">
          <SpeedFields
            label={t(schedule.windows.length === 0 ? 'schedule.always' : 'schedule.otherwise')}
            value={schedule.otherwise.bytesPerSecond}
            onChange={(bytesPerSecond) =>
              change({ schedule: { ...schedule, otherwise: { bytesPerSecond } } })
            }
          />
        </Group>
      </Stack>
    </Section>
  );
}

function WindowFields({
  number,
  window,
  onChange,
  onRemove,
}: {
  readonly number: number;
  readonly window: Window;
  readonly onChange: (window: Window) => void;
  readonly onRemove: () => void;
}) {
  const { t } = useTranslation('downloads');
  const name = t('schedule.window', { number });
  return (
    <Stack gap="xs" role="group" aria-label={name}>
      <Text size="sm" fw={600}>
        {name}
      </Text>
      <Chip.Group
        multiple
        value={window.days.map(String)}
        onChange={(days) => onChange({ ...window, days: days.map(Number).sort() })}
      >
        <Group gap={6} role="group" aria-label={t('schedule.days')}>
          {week.map((day) => (
            <Chip key={day} value={String(day)} size="xs">
              {t(`schedule.day.${day}`)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      {window.days.length === 0 && (
        <Text size="xs" c="var(--kizashi-bad)" role="alert">
          {t('schedule.noDay')}
        </Text>
      )}
      <Group gap="sm" align="flex-end">
        <TextInput
          type="time"
          label={t('schedule.from')}
          value={window.from}
          onChange={(event) => onChange({ ...window, from: event.currentTarget.value })}
        />
        <TextInput
          type="time"
          label={t('schedule.to')}
          value={window.to}
          onChange={(event) => onChange({ ...window, to: event.currentTarget.value })}
        />
        <SpeedFields
          label={t('schedule.speed')}
          value={window.bytesPerSecond}
          onChange={(bytesPerSecond) => onChange({ ...window, bytesPerSecond })}
        />
        <Button variant="default" onClick={onRemove} aria-label={t('schedule.removeOf', { name })}>
          {t('schedule.remove')}
        </Button>
      </Group>
    </Stack>
  );
}

/** Without a cap, with one, or nothing at all. */
function SpeedFields({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}) {
  const { t } = useTranslation('downloads');
  const speed = value === null ? 'free' : value === 0 ? 'stopped' : 'capped';
  const values = { free: null, capped: FIRST_CAP, stopped: 0 };
  return (
    <>
      <Select
        label={label}
        data={speeds.map((one) => ({ value: one, label: t(`schedule.speeds.${one}`) }))}
        value={speed}
        allowDeselect={false}
        onChange={(chosen) => onChange(values[speeds.find((one) => one === chosen) ?? 'free'])}
        w={170}
      />
      {speed === 'capped' && (
        <Megabytes
          label={t('schedule.cap')}
          bytes={value ?? FIRST_CAP}
          least={0.001}
          onChange={(bytes) => onChange(Math.max(bytes, 1))}
        />
      )}
    </>
  );
}
