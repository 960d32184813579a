import { type Organisation, organisationSchema } from '@kizashi/server/contract/settings';
import { Button, Group, NativeSelect, Radio, Select, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../app/api-error.ts';
import { localeOf } from '../../app/i18n.ts';
import { shownInPlace } from '../../app/query-meta.ts';
import { useApi } from '../../app/services.tsx';
import { organisationKey, useOrganisation } from '../../app/session.ts';
import { useChanged } from '../../app/use-changed.ts';
import { FormError } from '../../ui/form-error.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Section } from '../../ui/section.tsx';

const policies = ['open', 'invited', 'closed'] as const;

export function OrganisationPage() {
  const { t, i18n } = useTranslation();
  const locale = localeOf(i18n);
  const stored = useOrganisation();
  const api = useApi();
  const changed = useChanged();
  const [edited, setEdited] = useState<Organisation>(stored);
  const save = useMutation({
    mutationFn: () => api.patch('/api/settings', organisationSchema, edited),
    onSuccess: () => changed(t('action.saved'), organisationKey),
    meta: shownInPlace,
  });
  const failure = save.error instanceof ApiError ? save.error : undefined;
  const zones = useMemo(() => Intl.supportedValuesOf('timeZone').concat('UTC'), []);
  const currencies = useMemo(() => {
    const names = new Intl.DisplayNames(locale, { type: 'currency' });
    return Intl.supportedValuesOf('currency').map((code) => ({
      value: code,
      label: `${code} · ${names.of(code) ?? code}`,
    }));
  }, [locale]);
  const months = useMemo(() => {
    const month = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' });
    return Array.from({ length: 12 }, (_, i) => ({
      value: String(i + 1),
      label: month.format(Date.UTC(2024, i, 1)),
    }));
  }, [locale]);
  const set = (change: Partial<Organisation>) => setEdited({ ...edited, ...change });

  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate();
  }

  return (
    <>
      <PageHeader title={t('organisation.title')} description={t('organisation.text')} />
      <Section>
        <form onSubmit={submit}>
          <Stack maw={480}>
            <FormError error={save.error} shown={['name', 'timeZone', 'currency']} />
            <TextInput
              label={t('organisation.name')}
              required
              withAsterisk={false}
              maxLength={120}
              value={edited.name}
              onChange={(event) => set({ name: event.currentTarget.value })}
              error={failure?.field('name')}
            />
            <Select
              label={t('organisation.timeZone')}
              description={t('organisation.timeZoneText')}
              searchable
              allowDeselect={false}
              data={zones.includes(edited.timeZone) ? zones : [edited.timeZone, ...zones]}
              limit={200}
              value={edited.timeZone}
              onChange={(timeZone) => timeZone !== null && set({ timeZone })}
              error={failure?.field('timeZone')}
            />
            <Select
              label={t('organisation.currency')}
              description={t('organisation.currencyText')}
              searchable
              allowDeselect={false}
              data={currencies}
              value={edited.currency}
              onChange={(currency) => currency !== null && set({ currency })}
              error={failure?.field('currency')}
            />
            <NativeSelect
              label={t('organisation.fiscalYear')}
              value={String(edited.fiscalYearStartMonth)}
              onChange={(event) => set({ fiscalYearStartMonth: Number(event.currentTarget.value) })}
              data={months}
            />
            <NativeSelect
              label={t('organisation.week')}
              value={String(edited.weekStartsOn)}
              onChange={(event) => set({ weekStartsOn: event.currentTarget.value === '7' ? 7 : 1 })}
              data={[
                { value: '1', label: t('organisation.monday') },
                { value: '7', label: t('organisation.sunday') },
              ]}
            />
            <Radio.Group
              label={t('organisation.registration')}
              value={edited.registration}
              onChange={(value) =>
                set({ registration: policies.find((one) => one === value) ?? 'invited' })
              }
            >
              <Stack gap="xs" mt="xs">
                {policies.map((policy) => (
                  <Radio
                    key={policy}
                    value={policy}
                    label={t(`organisation.policy.${policy}`)}
                    description={t(`organisation.policyText.${policy}`)}
                  />
                ))}
              </Stack>
            </Radio.Group>
            <Group>
              <Button type="submit" loading={save.isPending}>
                {t('action.save')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Section>
    </>
  );
}
