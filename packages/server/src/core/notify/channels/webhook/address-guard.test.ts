import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from 'vitest';
import type { LookupAll } from '../../../address-guard.ts';
import type { RenderedMessage } from '../../channel.ts';

import { createWebhookChannel } from './channel.ts';

const message: RenderedMessage = {
  id: '01hzy',
  severity: 'info',
  locale: 'en',
  subject: 's',
  text: 't',
  html: 'h',
  link: 'l',
  data: {},
};

/** A resolver that knows these names; whoever gets past the guard is told that there is no such address. */
function resolver(names: Readonly<Record<string, readonly LookupAddress[]>>): LookupAll {
  return (hostname, _options, callback) => {
    const known = names[hostname];
    if (known) callback(null, [...known]);
    else callback(Object.assign(new Error('unknown'), { code: 'ENOTFOUND' }), []);
  };
}

const send = (address: string, lookup: LookupAll = resolver({})) =>
  createWebhookChannel({ allowPrivate: false, clock: { now: () => 0 }, lookup }).send(
    { address },
    message,
    AbortSignal.timeout(2_000),
  );
const refused = { code: 'NOTIFY_WEBHOOK_PRIVATE', retryable: false };
const v4 = (address: string) => ({ address, family: 4 });
const v6 = (address: string) => ({ address, family: 6 });

describe('a webhook without leave to reach private addresses', () => {
  it.each([
    '127.0.0.1',
    '127.255.255.254',
    '10.1.2.3',
    '100.64.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '192.0.0.8',
    '224.0.0.1',
    '255.255.255.255',
    '0.0.0.0',
    '0',
  ])('is refused %s', async (host) => {
    await expect(send(`http://${host}:9/x`)).rejects.toMatchObject(refused);
  });

  it.each([
    ['decimal', '2130706433'],
    ['hexadecimal', '0x7f000001'],
    ['octal', '017700000001'],
    ['mixed', '0x7f.1'],
    ['short', '127.1'],
    ['with a dot at its end', '127.0.0.1.'],
    ['full-width', '１２７．０．０．１'],
    ['encoded', '%31%32%37.0.0.1'],
  ])('is refused a loopback address written %s', async (_how, host) => {
    await expect(send(`http://${host}:9/x`)).rejects.toMatchObject(refused);
  });

  it.each([
    '::',
    '::1',
    '0:0:0:0:0:0:0:1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:0:1::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fec0::1',
    'ff02::1',
  ])('is refused [%s]', async (host) => {
    await expect(send(`http://[${host}]:9/x`)).rejects.toMatchObject(refused);
  });

  it.each([
    ['loopback', [v4('127.0.0.1')]],
    ['a private network', [v6('fd00::1')]],
    ['the address of cloud metadata', [v4('169.254.169.254')]],
    ['an address of this link, with its zone', [v6('fe80::1%eth0')]],
    ['a public and a private address', [v4('93.184.215.14'), v4('10.0.0.1')]],
  ])('is refused a name that leads to %s', async (_where, addresses) => {
    const lookup = resolver({ 'hooks.example.org': addresses });
    await expect(send('https://hooks.example.org/x', lookup)).rejects.toMatchObject(refused);
  });

  it('is refused localhost by the system’s own resolver', async () => {
    const guarded = createWebhookChannel({ allowPrivate: false, clock: { now: () => 0 } });
    await expect(
      guarded.send({ address: 'http://localhost:9/x' }, message, AbortSignal.timeout(2_000)),
    ).rejects.toMatchObject(refused);
  });

  it('asks for the name once: the answer that was checked is the one that is used', async () => {
    let asked = 0;
    const lookup: LookupAll = (_hostname, _options, callback) => {
      asked += 1;
      callback(null, [asked === 1 ? v4('192.168.0.1') : v4('93.184.215.14')]);
    };
    await expect(send('http://rebinding.example.org/x', lookup)).rejects.toMatchObject(refused);
    expect(asked).toBe(1);
  });

  it('may try a public host', async () => {
    // 93.184.215.14 cannot be reached from a test; that the resolver is asked and obeyed shows that the guard let it by.
    await expect(send('http://public.example.org/x')).rejects.toMatchObject({
      code: 'NOTIFY_WEBHOOK_UNREACHABLE',
      params: { code: 'ENOTFOUND' },
    });
  });
});
