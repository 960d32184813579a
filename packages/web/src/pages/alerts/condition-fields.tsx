import { Group, NativeSelect, NumberInput, SegmentedControl, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useOrganisation } from '../../app/session.ts';
import { useFormat } from '../../app/use-format.ts';
import type { FigureUnit } from '../../ui/figure-text.ts';
import type { RuleDraft } from './rule-draft.ts';

const levels = [0.8, 0.9, 0.95, 0.99] as const;

/** Outside the forecast, or beyond a fixed limit. */
export function ConditionFields({
  draft,
  unit,
  onChange,
}: {
  draft: RuleDraft;
  unit: FigureUnit;
  onChange: (change: Partial<RuleDraft>) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { currency } = useOrganisation();
  const directions =
    draft.type === 'threshold'
      ? (['below', 'above'] as const)
      : (['below', 'above', 'either'] as const);
  const suffix = unit === 'ratio' ? ' %' : unit === 'money' ? ` ${currency}` : '';
  return (
    <Stack gap="xs">
      <Text size="sm" fw={500} id="condition-label">
        {t('rule.condition')}
      </Text>
      <SegmentedControl
        aria-labelledby="condition-label"
        value={draft.type}
        onChange={(value) => {
          const type = value === 'threshold' ? 'threshold' : 'outside-forecast';
          const direction =
            type === 'threshold' && draft.direction === 'either' ? 'below' : draft.direction;
          onChange({ type, direction });
        }}
        data={[
          { value: 'outside-forecast', label: t('rule.type.forecast') },
          { value: 'threshold', label: t('rule.type.threshold') },
        ]}
      />
      <Text size="sm" c="dimmed">
        {t(draft.type === 'threshold' ? 'rule.typeText.threshold' : 'rule.typeText.forecast')}
      </Text>
      <Group grow align="flex-start">
        <NativeSelect
          label={t('rule.direction')}
          value={draft.direction}
          onChange={(event) =>
            onChange({
              direction: directions.find((one) => one === event.currentTarget.value) ?? 'below',
            })
          }
          data={directions.map((one) => ({ value: one, label: t(`rule.directions.${one}`) }))}
        />
        {draft.type === 'threshold' ? (
          <NumberInput
            label={t('rule.limit')}
            required
            withAsterisk={false}
            suffix={suffix}
            thousandSeparator=","
            value={draft.value}
            onChange={(value) => onChange({ value })}
          />
        ) : (
          <NativeSelect
            label={t('rule.level')}
            value={String(draft.level)}
            onChange={(event) => onChange({ level: Number(event.currentTarget.value) })}
            data={[...new Set([...levels, draft.level])].sort().map((level) => ({
              value: String(level),
              label: format.percent(level, 0),
            }))}
          />
        )}
      </Group>
    </Stack>
  );
}
