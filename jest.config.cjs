/** @type {import('jest').Config} */
const swc = [
  '@swc/jest',
  {
    jsc: {
      parser: { syntax: 'typescript', tsx: true },
      transform: { react: { runtime: 'automatic' } },
      target: 'es2022',
    },
  },
];
const shared = {
  rootDir: __dirname,
  transform: {
    '\\.(ts|tsx)$': swc,
    // Preact and the build steps of the pages are ES modules only.
    '(node_modules/preact|static)/.+\\.mjs$': swc,
  },
  transformIgnorePatterns: ['node_modules/(?!preact/)'],
  testPathIgnorePatterns: ['/node_modules/', '/test/fixtures/'],
};

module.exports = {
  projects: [
    {
      ...shared,
      displayName: 'node',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/test/{src,host,tools,bench}/**/*.test.ts'],
    },
    {
      ...shared,
      // One browser at a time: `npm test` runs these in one lane, and all others beside it.
      displayName: 'walks',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
    },
    {
      ...shared,
      displayName: 'pages',
      testEnvironment: 'jsdom',
      testMatch: ['<rootDir>/test/static/**/*.test.{ts,tsx}'],
      setupFiles: ['<rootDir>/test/static/support/set-up.ts'],
      // The same aliases as in static/shared/vite-resource.mjs.
      moduleNameMapper: {
        '^@contracts/(.*)$': '<rootDir>/src/contracts/$1',
        '^react$': '<rootDir>/static/shared/react-light.ts',
        '^react/jsx-runtime$': '<rootDir>/static/shared/react-jsx-light.ts',
        '^react-dom/client$': '<rootDir>/static/shared/react-dom-light.ts',
      },
    },
  ],
  testTimeout: 60_000,
  // A worker that grew is started anew: each git process is forked from it, which takes longer the larger it is.
  workerIdleMemoryLimit: '700MB',
};
