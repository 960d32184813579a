import { expect, it } from 'vitest';
import { createPasswords } from './password.ts';

const passwords = createPasswords({ cost: 4 });

it('matches the password it hashed and no other', async () => {
  const stored = await passwords.hash('correct horse');
  expect(await passwords.matches('correct horse', stored)).toBe(true);
  expect(await passwords.matches('correct horsf', stored)).toBe(false);
  expect(await passwords.matches('correct horse\0', stored)).toBe(false);
});

it('does not accept what continues beyond the 72 bytes that bcrypt reads', async () => {
  const stored = await passwords.hash('x'.repeat(72));
  expect(await passwords.matches('x'.repeat(72), stored)).toBe(true);
  expect(await passwords.matches('x'.repeat(73), stored)).toBe(false);
});

it('never matches without a stored hash, nor a damaged one', async () => {
  expect(await passwords.matches('no account has this password', undefined)).toBe(false);
  expect(await passwords.matches('x', 'damaged')).toBe(false);
});

it('knows a hash made with another work factor', async () => {
  const stored = await passwords.hash('x');
  expect(passwords.isOutdated(stored)).toBe(false);
  expect(createPasswords({ cost: 5 }).isOutdated(stored)).toBe(true);
});
