import {
  Button,
  Checkbox,
  Divider,
  Group,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  TextInput,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/use-format.ts';
import { useLanguage } from '../../../app/use-language.ts';
import { Icon } from '../../../ui/icons.tsx';
import { readParameter, type SetDraft } from './run-draft.ts';

const USUAL_WINDOW = 90;
const modes = ['raise', 'warn', 'ignore'] as const;

/** Every set of features, to be chosen and set. */
export function SetsChoice({
  sets,
  onChange,
}: {
  readonly sets: readonly SetDraft[];
  readonly onChange: (changed: SetDraft) => void;
}) {
  return (
    <Stack gap="sm">
      {sets.map((draft, i) => (
        <Fragment key={draft.set.name}>
          {i > 0 && <Divider />}
          <OneSet draft={draft} onChange={onChange} />
        </Fragment>
      ))}
    </Stack>
  );
}

interface PartProps {
  readonly draft: SetDraft;
  readonly onChange: (changed: SetDraft) => void;
}

function OneSet({ draft, onChange }: PartProps) {
  const { t } = useTranslation('features');
  const format = useFormat();
  const [opened, { toggle }] = useDisclosure();
  const { set, chosen } = draft;
  return (
    <fieldset className="kz-fieldset" aria-label={set.name}>
      <Group justify="space-between" wrap="nowrap">
        <Checkbox
          label={set.name}
          description={t('newRun.features', {
            amount: format.number(set.features.length, 0),
            pipeline: t(`pipeline.${set.pipeline}`),
          })}
          checked={chosen}
          onChange={(event) => onChange({ ...draft, chosen: event.currentTarget.checked })}
        />
        {chosen && (
          <Button
            size="xs"
            variant="subtle"
            onClick={toggle}
            aria-expanded={opened}
            aria-label={t('newRun.settingsOf', { set: set.name })}
            rightSection={<Icon name="chevronDown" size={14} />}
          >
            {t('newRun.settings')}
          </Button>
        )}
      </Group>
      {chosen && opened && (
        <SimpleGrid
          cols={{ base: 1, xs: 2, md: 3 }}
          spacing="md"
          my="sm"
          pl={{ base: 0, xs: 32 }}
          style={{ alignItems: 'end' }}
        >
          {set.kind === 'summary' && <Windows draft={draft} onChange={onChange} />}
          <Failures draft={draft} onChange={onChange} />
          <Parameters draft={draft} onChange={onChange} />
        </SimpleGrid>
      )}
    </fieldset>
  );
}

function Windows({ draft, onChange }: PartProps) {
  const { t } = useTranslation('features');
  const { window } = draft;
  return (
    <Stack gap="xs">
      <Checkbox
        size="xs"
        label={t('newRun.windows')}
        checked={window !== null}
        onChange={(event) =>
          onChange({ ...draft, window: event.currentTarget.checked ? USUAL_WINDOW : null })
        }
      />
      {window !== null && (
        <>
          <NumberInput
            size="xs"
            aria-label={t('newRun.pointsOfWindow')}
            value={window}
            suffix={t('newRun.points')}
            min={4}
            max={100_000}
            allowDecimal={false}
            onChange={(value) => typeof value === 'number' && onChange({ ...draft, window: value })}
          />
          <Checkbox
            size="xs"
            label={t('newRun.everyFeature')}
            checked={draft.everyFeature}
            onChange={(event) => onChange({ ...draft, everyFeature: event.currentTarget.checked })}
          />
        </>
      )}
    </Stack>
  );
}

function Failures({ draft, onChange }: PartProps) {
  const { t } = useTranslation('features');
  return (
    <>
      <Select
        size="xs"
        label={t('newRun.onError')}
        data={modes.map((value) => ({ value, label: t(`newRun.errors.${value}`) }))}
        value={draft.errors}
        allowDeselect={false}
        onChange={(value) =>
          onChange({ ...draft, errors: modes.find((mode) => mode === value) ?? 'warn' })
        }
      />
      <NumberInput
        size="xs"
        label={t('newRun.retries')}
        value={draft.retries}
        min={0}
        max={5}
        allowDecimal={false}
        onChange={(value) => onChange({ ...draft, retries: Number(value) || 0 })}
      />
    </>
  );
}

function Parameters({ draft, onChange }: PartProps) {
  const { t } = useTranslation('features');
  const language = useLanguage();
  const { set, parameters } = draft;
  return Object.entries(set.parameters).map(([name, usual]) => {
    const text = parameters[name] ?? '';
    const wrong = text.trim() !== '' && readParameter(text, usual) === undefined;
    return (
      <TextInput
        key={name}
        size="xs"
        label={name}
        description={set.parameterTexts[name]?.[language]}
        placeholder={Array.isArray(usual) ? usual.join(', ') : String(usual)}
        value={text}
        error={wrong ? t('newRun.unreadable') : undefined}
        onChange={(event) =>
          onChange({ ...draft, parameters: { ...parameters, [name]: event.currentTarget.value } })
        }
      />
    );
  });
}
