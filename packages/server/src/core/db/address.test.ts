import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAddress } from './address.ts';

describe('a SQLite address', () => {
  it.each([
    ['sqlite:/var/lib/kizashi/x.db', '/var/lib/kizashi/x.db'],
    ['sqlite:///var/lib/kizashi/x.db', '/var/lib/kizashi/x.db'],
    ['sqlite:data/x.db', resolve('data/x.db')],
    ['sqlite:./兆し %20.db', resolve('./兆し %20.db')],
  ])('%s is a path', (url, path) => {
    expect(parseAddress(url)).toMatchObject({ engine: 'sqlite', path, shown: path });
  });
});

describe('a server address', () => {
  it.each([
    ['postgres://me:secret@db:5432/shop', 'postgres', 'postgres://me@db:5432/shop'],
    ['postgresql://db/shop?sslmode=require&password=secret', 'postgres', 'postgresql://db/shop'],
    ['mysql://me:secret@db/shop', 'mysql', 'mysql://me@db/shop'],
    ['mariadb://me:s%40ecret@[::1]:3306/shop', 'mysql', 'mariadb://me@[::1]:3306/shop'],
  ])('%s is shown without its password', (url, engine, shown) => {
    expect(parseAddress(url)).toMatchObject({ engine, url, shown });
    expect(parseAddress(url).shown).not.toContain('secret');
  });
});

it.each(['', 'sqlite:', 'sqlite://host/x.db', 'oracle://me:secret@db/x', 'not an address'])(
  'refuses %j and says what to write, without the password',
  (url) => {
    let message = '';
    try {
      parseAddress(url);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toContain('postgres://user:password@host/name');
    expect(message).not.toContain('secret');
  },
);
