import { readNamedNumbers } from './read-named-numbers.ts';

const DAY_MS = 86_400_000;

/** How long each is kept when nobody says otherwise, days. docs/configuration.md says what each is. */
export const RETENTION_DAYS = {
  facts: 30,
  commands: 30,
  products: 30,
  inventory: 30,
  orders: 90,
  returns: 90,
  operations: 90,
  exceptions: 365,
  audit: 2_555,
} as const;

export type RetentionName = keyof typeof RETENTION_DAYS;

/** Milliseconds, by name. */
export type Retention = Readonly<Record<RetentionName, number>>;

const NAMES = Object.keys(RETENTION_DAYS) as RetentionName[];
const DAYS_MIN = 1;

/** `STOCKWIRE_RETENTION_DAYS`: `facts=7,audit=3650`. What does not fit is added to the faults. */
export function readRetention(text: string, faults: string[]): Retention {
  const given = readNamedNumbers(text, { variable: 'STOCKWIRE_RETENTION_DAYS', names: NAMES, min: DAYS_MIN, faults });
  const kept = NAMES.map((name) => [name, (given.get(name) ?? RETENTION_DAYS[name]) * DAY_MS] as const);
  return Object.fromEntries(kept) as Retention;
}
