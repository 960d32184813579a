import { expect, it, vi } from 'vitest';
import { createErrorReporter } from './sentry.ts';

const options = { dsn: 'https://key@sentry.example/1', release: '1.2.3' };

it('says what to install when the optional package is missing', async () => {
  await expect(createErrorReporter(options)).rejects.toThrow('npm install @sentry/node');
});

it('sends the error with two tags and nothing of the request', async () => {
  const sentry = { init: vi.fn(), captureException: vi.fn(), close: vi.fn(async () => true) };
  const reporter = await createErrorReporter(options, async () => sentry);
  expect(sentry.init).toHaveBeenCalledWith({
    ...options,
    defaultIntegrations: false,
    sendDefaultPii: false,
  });
  const error = new Error('x');
  reporter.report(error, { requestId: 'r', route: '/api/x' });
  expect(sentry.captureException).toHaveBeenCalledWith(error, {
    tags: { requestId: 'r', route: '/api/x' },
  });
  await reporter.stop();
  expect(sentry.close).toHaveBeenCalledOnce();
});
