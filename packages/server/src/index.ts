import { settingTable } from './catalogue.ts';
import { type Config, loadConfig, type SettingOrigin } from './core/config/config.ts';
import { environmentName } from './core/config/setting.ts';
import { workspaces } from './workspaces/index.ts';

export { type App, type AppOptions, createApp } from './app.ts';
export { errorCatalogue, permissions, settingTable } from './catalogue.ts';
export type { Config, SettingOrigin } from './core/config/config.ts';
export { environmentName } from './core/config/setting.ts';
export { AppError } from './core/errors.ts';
export { openStore, type Store } from './store.ts';

/** All settings, the workspaces' included. @throws CONFIG_INVALID, CONFIG_UNREADABLE */
export function loadProductConfig(
  env: Readonly<Record<string, string | undefined>>,
  file?: string,
): Config {
  return loadConfig(
    env,
    workspaces.map((workspace) => workspace.settings),
    file,
  );
}

/** Settings fit to be shown: secrets say only whether they are set. */
export function describeConfig(
  config: Config,
): { name: string; variable: string; value: string; origin: SettingOrigin }[] {
  return Object.entries(settingTable).map(([name, setting]) => {
    const value = (config as unknown as Record<string, unknown>)[name];
    const isSecret = 'secret' in setting && setting.secret === true;
    return {
      name,
      variable: environmentName(name),
      value: value === undefined ? '' : isSecret ? '(set)' : String(value),
      origin: config.origins[name] ?? 'default',
    };
  });
}
