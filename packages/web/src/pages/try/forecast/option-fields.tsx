import {
  Box,
  Button,
  Checkbox,
  Collapse,
  Group,
  NumberInput,
  Select,
  SimpleGrid,
  TextInput,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { localeOf } from '../../../app/i18n.ts';
import { percentText } from '../../../ui/figure-text.ts';
import { Icon } from '../../../ui/icons.tsx';
import { Section } from '../../../ui/section.tsx';
import { CountryField, EventsField } from './known-days-fields.tsx';
import { levels, modelNames, type OptionsDraft } from './options-draft.ts';

const columns = ['id', 'time', 'y'] as const;
/** As many as the server takes. */
const MAX_STEPS = 10_000;
const MAX_SEASON = 100_000;

/** What can be said about the analyses; all of it has a default. */
export function OptionFields({
  draft,
  onChange,
}: {
  readonly draft: OptionsDraft;
  readonly onChange: (draft: OptionsDraft) => void;
}) {
  const { t, i18n } = useTranslation();
  const language = localeOf(i18n);
  const [opened, { toggle }] = useDisclosure(columns.some((name) => draft[name] !== ''));
  const change = (part: Partial<OptionsDraft>) => onChange({ ...draft, ...part });
  return (
    <Section title={t('try.options')} description={t('try.optionsText')}>
      <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }} spacing="md">
        <NumberInput
          label={t('try.h')}
          description={t('try.hText')}
          value={draft.h}
          onChange={(h) => change({ h })}
          min={1}
          max={MAX_STEPS}
          allowDecimal={false}
        />
        <NumberInput
          label={t('try.season')}
          description={t('try.seasonText')}
          placeholder={t('try.found')}
          value={draft.season}
          onChange={(season) => change({ season })}
          min={1}
          max={MAX_SEASON}
          allowDecimal={false}
        />
        <Select
          label={t('try.model')}
          description={t('try.modelText')}
          data={modelNames.map((value) => ({ value, label: t(`try.models.${value}`) }))}
          value={draft.model}
          onChange={(model) => model !== null && change({ model })}
          allowDeselect={false}
        />
        <CountryField value={draft.country} onChange={(country) => change({ country })} />
        <Checkbox.Group
          label={t('try.levels')}
          description={t('try.levelsText')}
          value={[...draft.levels]}
          // An interval of no level is none: the last one stays.
          onChange={(chosen) => chosen.length > 0 && change({ levels: chosen })}
        >
          <Group mt={6}>
            {levels.map((level) => (
              <Checkbox
                key={level}
                value={level}
                label={percentText(Number(level) / 100, language)}
              />
            ))}
          </Group>
        </Checkbox.Group>
      </SimpleGrid>
      {draft.model === 'prophet' && (
        <EventsField value={draft.events} onChange={(events) => change({ events })} />
      )}
      <Button
        mt="sm"
        size="xs"
        variant="subtle"
        onClick={toggle}
        aria-expanded={opened}
        rightSection={<Icon name="chevronDown" size={14} />}
      >
        {t('try.columns')}
      </Button>
      <Collapse expanded={opened}>
        <Box mt="sm">
          <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md">
            {columns.map((name) => (
              <TextInput
                key={name}
                label={t(`try.column.${name}`)}
                description={t(`try.columnText.${name}`)}
                placeholder={t('try.found')}
                value={draft[name]}
                onChange={(event) => change({ [name]: event.currentTarget.value })}
              />
            ))}
          </SimpleGrid>
        </Box>
      </Collapse>
    </Section>
  );
}
