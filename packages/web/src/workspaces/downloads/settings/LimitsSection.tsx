import {
  ActionIcon,
  Button,
  Group,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../ui/icons.tsx';
import { Section } from '../../../ui/section.tsx';
import { Megabytes } from './Megabytes.tsx';
import type { PartProps } from './part-props.ts';

const modes = ['adaptive', 'speed', 'efficiency', 'minimal'] as const;
const MOST = 64;

/** How much of everything at once. */
export function LimitsSection({ settings, change }: PartProps) {
  const { t } = useTranslation('downloads');
  const number = (name: 'maxFiles' | 'maxConnections' | 'maxConnectionsPerHost') => (
    <NumberInput
      label={t(`settings.${name}`)}
      value={settings[name]}
      min={1}
      max={MOST}
      allowDecimal={false}
      onChange={(value) => change({ [name]: Number(value) || 1 })}
    />
  );
  return (
    <Section title={t('settings.limits')} description={t('settings.limitsText')}>
      <Stack gap="md">
        <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }} spacing="md" style={{ alignItems: 'end' }}>
          <Select
            label={t('settings.mode')}
            description={t(`settings.modeText.${settings.mode}`)}
            data={modes.map((value) => ({ value, label: t(`settings.modes.${value}`) }))}
            value={settings.mode}
            allowDeselect={false}
            onChange={(value) => change({ mode: modes.find((one) => one === value) ?? 'adaptive' })}
          />
          {number('maxFiles')}
          {number('maxConnections')}
          {number('maxConnectionsPerHost')}
          <NumberInput
            label={t('settings.maxAttempts')}
            value={settings.maxAttempts}
            min={1}
            max={100}
            allowDecimal={false}
            onChange={(value) => change({ maxAttempts: Number(value) || 1 })}
          />
          <Megabytes
            label={t('settings.keepFree')}
            description={t('settings.keepFreeText')}
            bytes={settings.keepFreeBytes}
            onChange={(keepFreeBytes) => change({ keepFreeBytes })}
          />
        </SimpleGrid>
        <Hosts settings={settings} change={change} />
      </Stack>
    </Section>
  );
}

/** Connections for single hosts. */
function Hosts({ settings, change }: PartProps) {
  const { t } = useTranslation('downloads');
  const [name, setName] = useState('');
  const host = name.trim().toLowerCase();
  const set = (hosts: Record<string, number>) => change({ hosts });
  return (
    <div>
      <Text size="sm" fw={600}>
        {t('settings.hosts')}
      </Text>
      <Text size="xs" c="dimmed" mb={6}>
        {t('settings.hostsText')}
      </Text>
      <Stack gap={6}>
        {Object.entries(settings.hosts).map(([one, limit]) => (
          <Group key={one} gap="xs" wrap="nowrap">
            <Text size="sm" flex={1} style={{ overflowWrap: 'anywhere' }}>
              {one}
            </Text>
            <NumberInput
              size="xs"
              w={90}
              aria-label={t('settings.connectionsOf', { host: one })}
              value={limit}
              min={1}
              max={MOST}
              allowDecimal={false}
              onChange={(value) => set({ ...settings.hosts, [one]: Number(value) || 1 })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('settings.removeHost', { host: one })}
              onClick={() => {
                const { [one]: _, ...rest } = settings.hosts;
                set(rest);
              }}
            >
              <Icon name="trash" size={15} />
            </ActionIcon>
          </Group>
        ))}
        <Group gap="xs" align="flex-end">
          <TextInput
            size="xs"
            label={t('settings.newHost')}
            placeholder="cdn.example.com"
            value={name}
            maxLength={253}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button
            size="xs"
            variant="default"
            disabled={host === '' || /[\s/]/.test(host) || Object.hasOwn(settings.hosts, host)}
            onClick={() => {
              set({ ...settings.hosts, [host]: settings.maxConnectionsPerHost });
              setName('');
            }}
          >
            {t('settings.addHost')}
          </Button>
        </Group>
      </Stack>
    </div>
  );
}
