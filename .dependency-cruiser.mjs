// Who may import whom (ARCHITECTURE.md, "Invariants"). Type-only imports count too.
const tests = '(\\.test\\.tsx?$|\\.conformance\\.ts$|/testing/|/fixtures/|^test/|^bench/)';

export default {
  forbidden: [
    {
      name: 'series-is-pure',
      comment: 'series imports nothing but itself: no server, no Node module, no package.',
      severity: 'error',
      from: { path: '^packages/series/src', pathNot: tests },
      to: { pathNot: '^packages/series/src' },
    },
    {
      name: 'core-knows-no-workspace',
      severity: 'error',
      from: { path: '^packages/server/src/core' },
      to: { path: '^packages/server/src/workspaces' },
    },
    {
      name: 'workspaces-are-strangers',
      severity: 'error',
      from: { path: '^packages/(server|web|cli)/src/workspaces/([^/]+)/' },
      to: {
        path: '^packages/(server|web|cli)/src/workspaces/([^/]+)/',
        pathNot: '^packages/(server|web|cli)/src/workspaces/$2/',
      },
    },
    {
      name: 'workspaces-do-not-reach-the-composition-root',
      severity: 'error',
      from: { path: '^packages/server/src/(core|workspaces)' },
      to: { path: '^packages/server/src/(app|index|workspaces/index)\\.ts$' },
    },
    {
      name: 'web-reads-contracts-only',
      comment:
        'The browser gets schemas from contract.ts files (and the plain data they use), never server code.',
      severity: 'error',
      from: { path: '^packages/web' },
      to: {
        path: '^packages/server/src',
        pathNot: '(contract\\.ts|core/auth/permissions\\.ts)$',
      },
    },
    {
      name: 'contracts-run-in-the-browser',
      severity: 'error',
      from: { path: '^packages/server/src/.*contract\\.ts$' },
      to: { pathNot: '(contract\\.ts|core/auth/permissions\\.ts|node_modules/zod/)' },
    },
    {
      name: 'server-imports-neither-web-nor-cli',
      severity: 'error',
      from: { path: '^packages/(server|series)/src', pathNot: tests },
      to: { path: '^packages/(web|cli)' },
    },
    {
      name: 'nothing-imports-the-cli',
      severity: 'error',
      from: { pathNot: '^(packages/cli|test|scripts)/' },
      to: { path: '^packages/cli' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-test-code-in-production',
      severity: 'error',
      from: { path: '^packages/[^/]+/src', pathNot: tests },
      to: { path: tests },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
