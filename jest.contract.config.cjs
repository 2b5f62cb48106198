// `npm run test:contract`: what the published documents and samples of the neighbours say about us. Not part of `npm test`,
// because the documents are not part of the project.
const { projects, testTimeout } = require('./jest.config.cjs');

const node = projects.find(({ displayName }) => displayName === 'node');

/** @type {import('jest').Config} */
module.exports = {
  ...node,
  displayName: 'contract',
  testMatch: ['<rootDir>/test/contract/**/*.test.ts'],
  testTimeout,
};
