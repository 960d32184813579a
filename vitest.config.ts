import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
    // Native add-ons (SQLite, DuckDB) live more safely in processes of their own.
    pool: 'forks',
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
