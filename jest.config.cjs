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
    'node_modules/(preact|@testing-library/preact)/.+\\.m?js$': swc,
  },
  transformIgnorePatterns: ['node_modules/(?!(preact|@testing-library/preact)/)'],
  testPathIgnorePatterns: ['/node_modules/', '/test/fixtures/'],
};

module.exports = {
  projects: [
    {
      ...shared,
      displayName: 'node',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/test/{src,host,e2e,tools,bench}/**/*.test.ts'],
    },
    {
      ...shared,
      displayName: 'pages',
      testEnvironment: 'jsdom',
      testMatch: ['<rootDir>/test/static/**/*.test.{ts,tsx}'],
      moduleNameMapper: { '^@contracts/(.*)$': '<rootDir>/src/contracts/$1' },
    },
  ],
  testTimeout: 60_000,
};
