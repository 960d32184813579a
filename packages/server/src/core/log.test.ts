import { expect, it } from 'vitest';
import { removeSecrets } from './log.ts';

it('removes secrets by name, down to the third level', () => {
  const line = {
    jobId: 'a',
    password: 'p',
    request: { url: '/reset?secret=1', headers: { cookie: 'c', accept: 'json' } },
  };
  expect(removeSecrets(line, 3)).toEqual({
    jobId: 'a',
    password: '[removed]',
    request: { url: '[removed]', headers: { cookie: '[removed]', accept: 'json' } },
  });
  expect(line.password).toBe('p');
});

it('gives back the very same object when there is nothing to remove', () => {
  const line = { jobId: 'a', deep: { a: { b: { token: 'beyond' } } }, list: [1], none: null };
  expect(removeSecrets(line, 3)).toBe(line);
});

it('leaves errors to their serializer', () => {
  const error = Object.assign(new Error('x'), { code: 'E' });
  expect(removeSecrets({ err: error }, 3).err).toBe(error);
});
