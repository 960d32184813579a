import { lookup as dnsLookup, type LookupAddress, type LookupAllOptions } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** `dns.lookup` asked for all addresses. */
export type LookupAll = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Everything that is not a public host (IANA special-purpose registries, checked August 2025). */
const NOT_PUBLIC = {
  ipv4: [
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.0.0.0/24',
    '192.0.2.0/24',
    '192.88.99.0/24',
    '192.168.0.0/16',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '224.0.0.0/3',
  ],
  ipv6: [
    // Unspecified, loopback and the old IPv4-compatible form.
    '::/96',
    // Ways to write or carry an IPv4 address: translation, 6to4, Teredo.
    '64:ff9b::/96',
    '64:ff9b:1::/48',
    '2001::/32',
    '2002::/16',
    '100::/64',
    '2001:db8::/32',
    '3fff::/20',
    'fc00::/7',
    'fe80::/10',
    'fec0::/10',
    'ff00::/8',
  ],
} as const;

const notPublic = new BlockList();
for (const family of ['ipv4', 'ipv6'] as const) {
  for (const range of NOT_PUBLIC[family]) {
    const [network = '', prefix] = range.split('/');
    notPublic.addSubnet(network, Number(prefix), family);
    // An IPv4 address written as an IPv6 one reaches the same host.
    if (family === 'ipv4') notPublic.addSubnet(`::ffff:${network}`, 96 + Number(prefix), 'ipv6');
  }
}

/** Keeps requests from reaching hosts that only this machine or its network can see. */
export interface AddressGuard {
  /** For a URL's host that is an address and therefore never looked up. @throws what `refusal` gives */
  check(hostname: string): void;
  /** Checks the address that is really connected to, so that a name cannot change its mind after the check. */
  readonly lookup: LookupFunction;
}

/** @param refusal the error for an address that is not public */
export function createAddressGuard(
  refusal: () => Error,
  lookup: LookupAll = dnsLookup,
): AddressGuard {
  function refusePrivate(address: string): void {
    // An IPv6 address may carry a zone: `fe80::1%eth0`.
    const [bare = ''] = address.split('%');
    if (notPublic.check(bare, isIP(bare) === 6 ? 'ipv6' : 'ipv4')) throw refusal();
  }

  return {
    check(hostname) {
      const address = hostname.replace(/^\[|\]$/g, '');
      if (isIP(address) !== 0) refusePrivate(address);
    },
    lookup(hostname, options, callback) {
      lookup(hostname, { ...options, all: true }, (error, addresses) => {
        if (error) return callback(error, []);
        try {
          for (const { address } of addresses) refusePrivate(address);
        } catch (refusal) {
          return callback(refusal as Error, []);
        }
        if (options.all) return callback(null, addresses);
        callback(null, addresses[0]?.address ?? '', addresses[0]?.family);
      });
    },
  };
}
