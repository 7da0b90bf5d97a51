import type { Config } from 'jest';
import { shared } from './jest.config.ts';

/** Tests against a real Tryton: `npm run test:tryton`. */
const config: Config = {
  ...shared,
  displayName: 'tryton',
  testMatch: ['**/*.tryton.test.ts'],
  testTimeout: 180_000,
};

export default config;
