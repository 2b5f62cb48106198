// `npm run test:sonarqube`: what a real SonarQube Community Build says about us. Not part of `npm test`, because it needs
// Java, Maven Central and some minutes.
const { projects } = require('./jest.config.cjs');

const node = projects.find(({ displayName }) => displayName === 'node');

/** @type {import('jest').Config} */
module.exports = {
  ...node,
  displayName: 'sonarqube',
  testMatch: ['<rootDir>/test/sonarqube/**/*.test.ts'],
  // An analysis by the official scanner is part of it.
  testTimeout: 240_000,
};
