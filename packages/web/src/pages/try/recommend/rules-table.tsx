import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { localeOf } from '../../../app/i18n.ts';
import { NumbersTable } from '../../../charts/NumbersTable.tsx';
import { Section } from '../../../ui/section.tsx';
import { tableColumns } from '../table-columns.ts';
import type { RecommendFound } from './recommend-document.ts';

const HEIGHT = 420;

/** What is bought together. */
export function RulesTable({ rules }: Pick<RecommendFound, 'rules'>) {
  const { t, i18n } = useTranslation();
  const column = tableColumns(localeOf(i18n));
  const title = t('try.recommend.together');
  return (
    <Section title={title} description={t('try.recommend.togetherText')}>
      {rules.length === 0 ? (
        <Text>{t('try.recommend.noRules')}</Text>
      ) : (
        <NumbersTable
          table={{
            columns: [
              column.text('antecedent', t('try.recommend.antecedent')),
              column.text('consequent', t('try.recommend.consequent')),
              column.number(0)('count', t('try.recommend.baskets')),
              column.share('support', t('try.recommend.support')),
              column.share('confidence', t('try.recommend.confidence')),
              column.number(2)('lift', t('try.recommend.lift')),
            ],
            rows: rules.map(({ antecedent, consequent, count, support, confidence, lift }) => [
              ...[antecedent.join(' + '), consequent, count, support, confidence, lift],
            ]),
          }}
          label={title}
          maxHeight={HEIGHT}
        />
      )}
    </Section>
  );
}
