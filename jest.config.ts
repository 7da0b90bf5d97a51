import type { Config } from 'jest';

const shared: Config = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/scripts/test/strip-types-transform.cjs' },
  modulePathIgnorePatterns: ['<rootDir>/data/', '<rootDir>/bench/peers/'],
};

/**
 * The suffix of a test tells its cost: `.test.ts` is in memory and quick, `.int.test.ts` opens files, sockets or
 * processes, `.e2e.ts` starts the hub and uses its public API alone.
 */
const config: Config = {
  coverageProvider: 'v8',
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '\\.int\\.test\\.ts$'],
    },
    { ...shared, displayName: 'int', testMatch: ['**/*.int.test.ts'] },
    { ...shared, displayName: 'e2e', testMatch: ['**/*.e2e.ts'] },
  ],
};

export default config;
