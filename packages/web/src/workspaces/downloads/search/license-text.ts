/** The keys below `search.license` of the words that CivitAI uses. */
const USES = {
  None: 'useNone',
  Image: 'useImage',
  RentCivit: 'useRentCivit',
  Rent: 'useRent',
  Sell: 'useSell',
} as const;
const GRANTS = {
  allowNoCredit: 'noCredit',
  allowDerivatives: 'derivatives',
  allowDifferentLicense: 'differentLicense',
} as const;

export type LicenseKey =
  | (typeof USES)[keyof typeof USES]
  | (typeof GRANTS)[keyof typeof GRANTS]
  | 'commercial';

/** A licence in the reader's words where it is made of CivitAI's, and as it is where it is a name. */
export function licenseText(
  license: string,
  say: (key: LicenseKey, values?: { uses: string }) => string,
): string {
  const words = license.split(' ').map((word) => {
    const uses = /^allowCommercialUse=(.+)$/.exec(word)?.[1]?.split(',');
    const keys = uses?.map((use) => USES[use as keyof typeof USES] as LicenseKey | undefined);
    if (keys?.every((key) => key !== undefined)) {
      return say('commercial', { uses: keys.map((key) => say(key)).join(', ') });
    }
    const grant = GRANTS[word as keyof typeof GRANTS] as LicenseKey | undefined;
    return grant === undefined ? undefined : say(grant);
  });
  return words.every((word) => word !== undefined) ? words.join(' · ') : license;
}
