import { Checkbox, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/use-format.ts';
import { type Column, DataTable } from '../../../ui/data-table.tsx';
import { readParameter, type SetDraft } from './run-draft.ts';

const USUAL_WINDOW = 90;
const modes = ['raise', 'warn', 'ignore'] as const;

/** Every set of features, to be chosen and set. */
export function SetsTable({
  sets,
  onChange,
}: {
  readonly sets: readonly SetDraft[];
  readonly onChange: (changed: SetDraft) => void;
}) {
  const { t } = useTranslation('features');
  const format = useFormat();
  const columns = useMemo<readonly Column<SetDraft>[]>(
    () => [
      {
        id: 'set',
        header: t('newRun.column.set'),
        cell: (draft) => (
          <Checkbox
            label={draft.set.name}
            description={t('newRun.features', {
              amount: format.number(draft.set.features.length, 0),
              pipeline: t(`pipeline.${draft.set.pipeline}`),
            })}
            checked={draft.chosen}
            onChange={(event) => onChange({ ...draft, chosen: event.currentTarget.checked })}
            miw={150}
          />
        ),
      },
      {
        id: 'windows',
        header: t('newRun.column.windows'),
        cell: (draft) => <Windows draft={draft} onChange={onChange} />,
      },
      {
        id: 'errors',
        header: t('newRun.column.errors'),
        cell: (draft) => (
          <Stack gap={6} w={150}>
            <Select
              size="xs"
              aria-label={t('newRun.errorsOf', { set: draft.set.name })}
              data={modes.map((value) => ({ value, label: t(`newRun.errors.${value}`) }))}
              value={draft.errors}
              allowDeselect={false}
              disabled={!draft.chosen}
              onChange={(value) =>
                onChange({ ...draft, errors: modes.find((mode) => mode === value) ?? 'warn' })
              }
            />
            <NumberInput
              size="xs"
              aria-label={t('newRun.retriesOf', { set: draft.set.name })}
              value={draft.retries}
              prefix={t('newRun.retries')}
              min={0}
              max={5}
              allowDecimal={false}
              disabled={!draft.chosen}
              onChange={(value) => onChange({ ...draft, retries: Number(value) || 0 })}
            />
          </Stack>
        ),
      },
      {
        id: 'parameters',
        header: t('newRun.column.parameters'),
        cell: (draft) => <Parameters draft={draft} onChange={onChange} />,
      },
    ],
    [t, format, onChange],
  );
  return (
    <DataTable
      label={t('newRun.sets')}
      columns={columns}
      rows={sets}
      rowKey={({ set }) => set.name}
    />
  );
}

interface CellProps {
  readonly draft: SetDraft;
  readonly onChange: (changed: SetDraft) => void;
}

function Windows({ draft, onChange }: CellProps) {
  const { t } = useTranslation('features');
  const { set, window, chosen } = draft;
  if (set.kind === 'columns') {
    return (
      <Text size="sm" c="dimmed" miw={150}>
        {t('newRun.byTime')}
      </Text>
    );
  }
  return (
    <Stack gap={6} miw={170}>
      <Group gap="xs" wrap="nowrap">
        <Checkbox
          size="xs"
          aria-label={t('newRun.windowsOf', { set: set.name })}
          checked={window !== null}
          disabled={!chosen}
          onChange={(event) =>
            onChange({ ...draft, window: event.currentTarget.checked ? USUAL_WINDOW : null })
          }
        />
        <NumberInput
          size="xs"
          aria-label={t('newRun.pointsOf', { set: set.name })}
          value={window ?? ''}
          placeholder={t('newRun.noWindows')}
          suffix={t('newRun.points')}
          min={4}
          max={100_000}
          allowDecimal={false}
          disabled={!chosen || window === null}
          onChange={(value) => typeof value === 'number' && onChange({ ...draft, window: value })}
          w={130}
        />
      </Group>
      {window !== null && (
        <Checkbox
          size="xs"
          label={t('newRun.everyFeature')}
          checked={draft.everyFeature}
          disabled={!chosen}
          onChange={(event) => onChange({ ...draft, everyFeature: event.currentTarget.checked })}
        />
      )}
    </Stack>
  );
}

function Parameters({ draft, onChange }: CellProps) {
  const { t } = useTranslation('features');
  const { set, parameters, chosen } = draft;
  return (
    <Group gap="xs" miw={316}>
      {Object.entries(set.parameters).map(([name, usual]) => {
        const text = parameters[name] ?? '';
        const wrong = text.trim() !== '' && readParameter(text, usual) === undefined;
        return (
          <TextInput
            key={name}
            size="xs"
            label={name}
            placeholder={Array.isArray(usual) ? usual.join(', ') : String(usual)}
            value={text}
            error={wrong ? t('newRun.unreadable') : undefined}
            disabled={!chosen}
            onChange={(event) =>
              onChange({
                ...draft,
                parameters: { ...parameters, [name]: event.currentTarget.value },
              })
            }
            w={150}
          />
        );
      })}
    </Group>
  );
}
