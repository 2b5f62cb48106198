// `npm run test:sonarqube`: what a real SonarQube Community Build says about us. Not part of `npm test`, because it needs
// Java, Maven Central and some minutes.
const { projects } = require('./jest.config.cjs');

const node = projects.find(({ displayName }) => displayName === 'node');

/** @type {import('jest').Config} */
module.exports = {
  ...node,
  displayName: 'sonarqube',
  testMatch: ['<rootDir>/test/sonarqube/**/*.test.ts'],
  // Two analyses by the official scanner are the longest step, minutes on a busy machine.
  testTimeout: 600_000,
};
