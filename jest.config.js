/** Jest runs the TypeScript sources as ES modules; swc only strips their types. */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  setupFilesAfterEnv: ['<rootDir>/test/service-models/watch.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' } }],
  },
  randomize: true,
  reporters: ['default', '<rootDir>/test/closing-line.js'],
  testTimeout: 30_000,
};
