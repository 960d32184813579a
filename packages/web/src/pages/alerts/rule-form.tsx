import { ruleSchema } from '@kizashi/server/contract/alerts';
import type { MeasureInfo } from '@kizashi/server/contract/measures';
import {
  Button,
  Checkbox,
  Grid,
  Group,
  MultiSelect,
  NativeSelect,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../app/api-error.ts';
import { channelsQuery } from '../../app/channels.ts';
import { localeOf } from '../../app/i18n.ts';
import { shownInPlace } from '../../app/query-meta.ts';
import { useApi } from '../../app/services.tsx';
import { useCan } from '../../app/session.ts';
import { useChanged } from '../../app/use-changed.ts';
import { FormError } from '../../ui/form-error.tsx';
import { Section } from '../../ui/section.tsx';
import { ConditionFields } from './condition-fields.tsx';
import { DimensionFilter } from './dimension-filter.tsx';
import { bodyOfRule, type RuleDraft } from './rule-draft.ts';
import { RulePreview } from './rule-preview.tsx';
import { rulesKey } from './rules-key.ts';

const severities = ['info', 'warning', 'critical'] as const;
const cooldowns = [0, 60, 360, 1440, 10_080] as const;

/** A rule beside what it would have done. Those who may not change rules see it as it is. */
export function RuleForm({
  id,
  initial,
  measures,
}: {
  id?: string;
  initial: RuleDraft;
  measures: readonly MeasureInfo[];
}) {
  const { t, i18n } = useTranslation();
  const api = useApi();
  const changed = useChanged();
  const navigate = useNavigate();
  const readOnly = !useCan()('alerts.write');
  const channels = useQuery(channelsQuery(api)).data?.items ?? [];
  const [draft, setDraft] = useState(initial);
  const set = (change: Partial<RuleDraft>) => setDraft({ ...draft, ...change });
  const measure = measures.find((one) => one.id === draft.measure);
  const body = bodyOfRule(draft, measure?.unit === 'ratio');
  const save = useMutation({
    mutationFn: () =>
      id === undefined
        ? api.post('/api/alerts/rules', ruleSchema, body)
        : api.put(`/api/alerts/rules/${id}`, ruleSchema, body),
    onSuccess: async () => {
      changed(t('action.saved'), rulesKey);
      await navigate({ to: '/alerts/rules' });
    },
    meta: shownInPlace,
  });
  const failure = save.error instanceof ApiError ? save.error : undefined;

  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate();
  }

  return (
    <Grid align="flex-start">
      <Grid.Col span={{ base: 12, lg: 5 }}>
        <Section>
          <form onSubmit={submit}>
            <fieldset disabled={readOnly} className="kz-fieldset">
              <Stack>
                <FormError error={save.error} shown={['name']} />
                <TextInput
                  label={t('field.name')}
                  required
                  withAsterisk={false}
                  maxLength={120}
                  value={draft.name}
                  onChange={(event) => set({ name: event.currentTarget.value })}
                  error={failure?.field('name')}
                />
                <Group grow align="flex-start">
                  <NativeSelect
                    label={t('rule.measure')}
                    value={draft.measure}
                    onChange={(event) => set({ measure: event.currentTarget.value, filters: {} })}
                    data={measures.map((one) => ({
                      value: one.id,
                      label: one.title[localeOf(i18n)],
                    }))}
                  />
                  <NativeSelect
                    label={t('rule.bucket')}
                    value={draft.bucket}
                    onChange={(event) =>
                      set({
                        bucket:
                          (['day', 'week', 'month'] as const).find(
                            (one) => one === event.currentTarget.value,
                          ) ?? 'day',
                      })
                    }
                    data={(['day', 'week', 'month'] as const).map((bucket) => ({
                      value: bucket,
                      label: t(`bucket.${bucket}`),
                    }))}
                  />
                </Group>
                {measure !== undefined && (
                  <ConditionFields draft={draft} unit={measure.unit} onChange={set} />
                )}
                {measure?.dimensions.map((name) => (
                  <DimensionFilter
                    key={name}
                    name={name}
                    values={draft.filters[name] ?? []}
                    onChange={(values) => set({ filters: { ...draft.filters, [name]: values } })}
                  />
                ))}
                <Group grow align="flex-start">
                  <NativeSelect
                    label={t('alert.severity')}
                    value={draft.severity}
                    onChange={(event) =>
                      set({
                        severity:
                          severities.find((one) => one === event.currentTarget.value) ?? 'warning',
                      })
                    }
                    data={severities.map((one) => ({ value: one, label: t(`severity.${one}`) }))}
                  />
                  <NativeSelect
                    label={t('rule.cooldown')}
                    value={String(draft.cooldownMinutes)}
                    onChange={(event) =>
                      set({ cooldownMinutes: Number(event.currentTarget.value) })
                    }
                    data={[...new Set([...cooldowns, draft.cooldownMinutes])]
                      .sort((a, b) => a - b)
                      .map((minutes) => ({
                        value: String(minutes),
                        label: minutesText(t, minutes),
                      }))}
                  />
                </Group>
                <MultiSelect
                  label={t('rule.channels')}
                  description={t('rule.channelsText')}
                  data={channels.map((channel) => ({ value: channel.id, label: channel.name }))}
                  value={[...draft.channelIds]}
                  onChange={(channelIds) => set({ channelIds })}
                  nothingFoundMessage={t('channel.none')}
                  maxValues={20}
                />
                <Checkbox
                  label={t('rule.enabled')}
                  checked={draft.enabled}
                  onChange={(event) => set({ enabled: event.currentTarget.checked })}
                />
                {readOnly ? (
                  <Text size="sm" c="dimmed">
                    {t('rule.readOnly')}
                  </Text>
                ) : (
                  <Group>
                    <Button type="submit" loading={save.isPending} disabled={body === undefined}>
                      {t('action.save')}
                    </Button>
                    <Button component={Link} to="/alerts/rules" variant="default">
                      {t('action.cancel')}
                    </Button>
                  </Group>
                )}
              </Stack>
            </fieldset>
          </form>
        </Section>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 7 }}>
        {measure !== undefined && <RulePreview draft={draft} measure={measure} />}
      </Grid.Col>
    </Grid>
  );
}

function minutesText(t: TFunction, minutes: number): string {
  if (minutes === 0) return t('rule.noCooldown');
  if (minutes % 1440 === 0) return t('rule.days', { count: minutes / 1440 });
  if (minutes % 60 === 0) return t('rule.hours', { count: minutes / 60 });
  return t('rule.minutes', { count: minutes });
}
