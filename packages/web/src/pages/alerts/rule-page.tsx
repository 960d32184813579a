import { ruleSchema } from '@kizashi/server/contract/alerts';
import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { measuresQuery } from '../../app/measures.ts';
import { useApi } from '../../app/services.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { Empty } from '../../ui/states.tsx';
import { draftOfAddress } from './rule-address.ts';
import { draftOfRule } from './rule-draft.ts';
import { RuleForm } from './rule-form.tsx';
import { RuleTools } from './rule-tools.tsx';
import { rulesKey } from './rules-key.ts';

export function NewRulePage() {
  const { t } = useTranslation();
  const search = useSearch({ strict: false });
  const measures = useQuery(measuresQuery(useApi()));
  return (
    <>
      <PageHeader
        title={t('rule.create')}
        parents={[
          { label: t('alert.title'), to: '/alerts' },
          { label: t('rule.title'), to: '/alerts/rules' },
        ]}
      />
      <QueryState query={measures} height={420}>
        {({ items: [first, ...rest] }) =>
          first === undefined ? (
            <Empty icon="rule" title={t('rule.noMeasures')} />
          ) : (
            <RuleForm
              initial={draftOfAddress(search, [first.id, ...rest.map(({ id }) => id)])}
              measures={[first, ...rest]}
            />
          )
        }
      </QueryState>
    </>
  );
}

export function RulePage() {
  const { t } = useTranslation();
  const api = useApi();
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const measures = useQuery(measuresQuery(api));
  const rule = useQuery({
    queryKey: [...rulesKey, id],
    queryFn: ({ signal }) => api.get(`/api/alerts/rules/${id}`, ruleSchema, { signal }),
  });
  return (
    <>
      <PageHeader
        title={rule.data?.name ?? t('rule.one')}
        parents={[
          { label: t('alert.title'), to: '/alerts' },
          { label: t('rule.title'), to: '/alerts/rules' },
        ]}
        actions={rule.data && <RuleTools rule={rule.data} />}
      />
      <QueryState query={rule} height={420}>
        {(loaded) => (
          <QueryState query={measures} height={420}>
            {({ items }) => {
              const unit = items.find((one) => one.id === loaded.measure)?.unit;
              return (
                <RuleForm
                  key={loaded.id}
                  id={loaded.id}
                  initial={draftOfRule(loaded, unit === 'ratio')}
                  measures={items}
                />
              );
            }}
          </QueryState>
        )}
      </QueryState>
    </>
  );
}
