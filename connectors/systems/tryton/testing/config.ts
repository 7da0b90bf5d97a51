import type { TrytonLogin } from '../tryton-session.ts';

/** The seeded Tryton that `npm run test:tryton` has started. */
export interface TrytonUnderTest {
  readonly baseUrl: string;
  readonly database: string;
  readonly login: TrytonLogin;
  readonly company: number;
  readonly customer: number;
  readonly skus: readonly string[];
  readonly warehouses: readonly { readonly code: string; readonly id: number; readonly storage: number }[];
}

/** The variable of the environment that carries it to the tests. */
export const TRYTON_VARIABLE = 'TRYTON_UNDER_TEST';

/** A copy of its database as it was seeded, for tests whose goods and warehouses would be in the way of others. */
export const APART_DATABASE = 'apart';

/** @throws when the tests were not started by `npm run test:tryton` */
export function trytonUnderTest(): TrytonUnderTest {
  const text = process.env[TRYTON_VARIABLE];
  if (text === undefined) throw new Error('There is no Tryton: start these tests by `npm run test:tryton`.');
  return JSON.parse(text) as TrytonUnderTest;
}
