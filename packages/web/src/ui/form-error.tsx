import { Alert, List } from '@mantine/core';
import { ApiError } from '../app/api-error.ts';
import { Icon } from './icons.tsx';
import { useErrorText } from './states.tsx';

/** Why a form was refused; nothing when it was not. Fields that the form shows itself are named in `shown`. */
export function FormError({ error, shown = [] }: { error: unknown; shown?: readonly string[] }) {
  const words = useErrorText();
  if (error === null || error === undefined) return null;
  const fields =
    error instanceof ApiError
      ? error.fields.filter(({ path }) => !shown.includes(path.replace(/^body\./, '')))
      : [];
  return (
    <Alert color="shu" variant="light" icon={<Icon name="alert" />} role="alert">
      {words(error)}
      {fields.length > 0 && (
        <List size="sm" mt={4}>
          {fields.map(({ path, message }) => (
            <List.Item key={path}>
              {path.replace(/^body\./, '')}: {message}
            </List.Item>
          ))}
        </List>
      )}
    </Alert>
  );
}
