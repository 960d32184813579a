import { Alert, type AlertProps } from '@mantine/core';
import { Icon, type IconName } from '../../ui/icons.tsx';

const plain = { color: 'var(--mantine-color-text)' };

/** Something to know before going on. Its words are in the colour of text: yellow ones could not be read. */
export function Caution({ icon, ...rest }: Omit<AlertProps, 'icon'> & { readonly icon: IconName }) {
  return (
    <Alert
      color="yellow"
      variant="light"
      icon={<Icon name={icon} />}
      styles={{ label: plain, icon: plain }}
      {...rest}
    />
  );
}
