import { type Alert, previewSchema } from '@kizashi/server/contract/alerts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMeasures } from '../../app/measures.ts';
import { useApi } from '../../app/services.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { Section } from '../../ui/section.tsx';
import { PreviewChart } from './preview-chart.tsx';

/** The newest periods under the condition that fired, so that one sees whether it still holds. */
export function AlertContext({ alert }: { alert: Alert }) {
  const { t } = useTranslation();
  const api = useApi();
  const { measure, bucket, filters, condition } = alert;
  const unit = useMeasures()?.find((one) => one.id === measure)?.unit ?? 'number';
  const preview = useQuery({
    queryKey: ['alert-preview', measure, bucket, filters, condition],
    queryFn: ({ signal }) =>
      api.post(
        '/api/alerts/rules/preview',
        previewSchema,
        { measure, bucket, filters, condition },
        { signal },
      ),
  });
  return (
    <Section title={t('alert.context')} description={t('alert.contextText')}>
      <QueryState query={preview} height={220}>
        {({ points }) => (
          <PreviewChart points={points} bucket={bucket} unit={unit} marked={alert.t} />
        )}
      </QueryState>
    </Section>
  );
}
