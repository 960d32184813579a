import { Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../app/session.ts';
import { Section } from '../../ui/section.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { TwoStepRemoval } from './two-step-removal.tsx';
import { TwoStepSetup } from './two-step-setup.tsx';

export function TwoStepSection() {
  const { t } = useTranslation();
  const { user } = useMe();
  const [setupOpened, setup] = useDisclosure(false);
  const [removalOpened, removal] = useDisclosure(false);
  return (
    <Section title={t('twoStep.title')} description={t('twoStep.text')}>
      <Group>
        <StateBadge tone={user.totpEnabled ? 'good' : 'quiet'}>
          {t(user.totpEnabled ? 'twoStep.on' : 'twoStep.off')}
        </StateBadge>
        {user.totpEnabled ? (
          <Button variant="default" size="xs" onClick={removal.open}>
            {t('twoStep.remove')}
          </Button>
        ) : (
          <Button size="xs" onClick={setup.open}>
            {t('twoStep.begin')}
          </Button>
        )}
      </Group>
      {user.totpEnabled && (
        <Text size="sm" c="dimmed" mt="xs">
          {t('twoStep.renew')}
        </Text>
      )}
      <TwoStepSetup opened={setupOpened} onClose={setup.close} />
      <TwoStepRemoval opened={removalOpened} onClose={removal.close} />
    </Section>
  );
}
