import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Native add-ons (SQLite, DuckDB) live more safely in processes of their own.
    pool: 'forks',
    // Vitest leaves one core to itself; of two that is half, and many tests wait for a database.
    maxWorkers: '100%',
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'pure',
          // Nothing in these keeps state between tests: one process for many files starts half a second sooner each.
          isolate: false,
          include: ['packages/{series,web}/src/**/*.test.{ts,tsx}'],
        },
      },
      {
        extends: true,
        test: {
          name: 'product',
          include: ['packages/{server,cli}/src/**/*.test.ts', 'scripts/**/*.test.ts'],
        },
      },
    ],
  },
});
