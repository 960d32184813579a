import type { Config } from '@kizashi/server';

/** Variables of the command itself; everything else named KIZASHI_… is a setting of the product. */
const OWN_VARIABLES = ['KIZASHI_SERVER', 'KIZASHI_TOKEN'];

/** Loads the product: whoever needs no settings starts without it. @throws AppError CONFIG_INVALID, CONFIG_UNREADABLE */
export async function settingsFrom(
  env: Readonly<Record<string, string | undefined>>,
  file?: string,
): Promise<Config> {
  const { loadProductConfig } = await import('@kizashi/server');
  const settings = Object.fromEntries(
    Object.entries(env).filter(([name]) => !OWN_VARIABLES.includes(name)),
  );
  return loadProductConfig(settings, file);
}
