import { type Config, loadProductConfig } from '@kizashi/server';

/** Variables of the command itself; everything else named KIZASHI_… is a setting of the product. */
const OWN_VARIABLES = ['KIZASHI_SERVER', 'KIZASHI_TOKEN'];

/** @throws AppError CONFIG_INVALID, CONFIG_UNREADABLE */
export function settingsFrom(
  env: Readonly<Record<string, string | undefined>>,
  file?: string,
): Config {
  const settings = Object.fromEntries(
    Object.entries(env).filter(([name]) => !OWN_VARIABLES.includes(name)),
  );
  return loadProductConfig(settings, file);
}
