import { useTranslation } from 'react-i18next';

/** What a kind of task (`sales.import`) is called: `task.import` among the texts of `sales`; without one, as it is. */
export function useTaskName(): (name: string) => string {
  const { t } = useTranslation();
  return (name) => {
    const [ns, kind] = [name.slice(0, name.indexOf('.')), name.slice(name.indexOf('.') + 1)];
    return t(`task.${kind}` as never, { ns, defaultValue: name }) as string;
  };
}
