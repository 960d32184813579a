import { type AlertRule, ruleSchema } from '@kizashi/server/contract/alerts';
import { okSchema } from '@kizashi/server/contract/http';
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { alertsKey } from '../../app/alerts.ts';
import { useApi } from '../../app/services.tsx';
import { useCan } from '../../app/session.ts';
import { useChanged } from '../../app/use-changed.ts';
import { ConfirmButton } from '../../ui/confirm-button.tsx';
import { rulesKey } from './rules-key.ts';

/** Check a rule now, or remove it. */
export function RuleTools({ rule }: { rule: AlertRule }) {
  const { t } = useTranslation();
  const api = useApi();
  const changed = useChanged();
  const navigate = useNavigate();
  const allowed = useCan()('alerts.write');
  const evaluate = useMutation({
    mutationFn: () => api.post(`/api/alerts/rules/${rule.id}/evaluate`, ruleSchema),
    onSuccess: (checked) => changed(checked.lastProblem ?? t('rule.checked'), alertsKey),
  });
  const remove = useMutation({
    mutationFn: () => api.delete(`/api/alerts/rules/${rule.id}`, okSchema),
    onSuccess: async () => {
      await navigate({ to: '/alerts/rules' });
      changed(t('rule.removed'), rulesKey);
    },
  });
  if (!allowed) return null;
  return (
    <>
      <Button variant="default" loading={evaluate.isPending} onClick={() => evaluate.mutate()}>
        {t('rule.check')}
      </Button>
      <ConfirmButton
        size="sm"
        title={t('rule.remove')}
        text={t('rule.removeText', { name: rule.name })}
        confirm={t('rule.remove')}
        onConfirm={() => remove.mutate()}
      >
        {t('rule.remove')}
      </ConfirmButton>
    </>
  );
}
