import type { Config } from 'jest';
import { shared } from './jest.config.ts';

/** The hub as several processes over NATS and MongoDB: `npm run test:distributed`. */
const config: Config = {
  ...shared,
  displayName: 'distributed',
  testMatch: ['**/*.distributed.test.ts'],
  testTimeout: 180_000,
};

export default config;
