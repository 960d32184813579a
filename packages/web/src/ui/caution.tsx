import { Alert, type AlertProps } from '@mantine/core';
import { Icon, type IconName } from './icons.tsx';

const pale = { background: 'color-mix(in srgb, var(--mantine-color-yellow-5) 16%, transparent)' };
const plain = { color: 'var(--mantine-color-text)' };

/** Something to know before going on. Its words are in the colour of text: yellow ones could not be read. */
export function Caution({ icon, ...rest }: Omit<AlertProps, 'icon'> & { readonly icon: IconName }) {
  return (
    <Alert
      color="yellow"
      variant="light"
      icon={<Icon name={icon} />}
      styles={{ root: pale, label: plain, icon: plain }}
      {...rest}
    />
  );
}
