export interface TestConfig {
  /** Runs of each property. */
  readonly propertyRuns: number;
  /** Repeats a run of properties; absent draws another one each time. */
  readonly propertySeed?: number;
  /** How often each kill test kills its process. */
  readonly killRounds: number;
  /** Which of the processes that run tests at the same time this is, from 1 on; 0 outside of them. */
  readonly worker: number;
}

/** How thorough a run of the tests is (PROPERTY_RUNS, PROPERTY_SEED and KILL_ROUNDS), and which part of it this is. */
export function testConfig(env: Readonly<Record<string, string | undefined>> = process.env): TestConfig {
  const seed = env['PROPERTY_SEED'];
  return {
    propertyRuns: positive(env['PROPERTY_RUNS'], 100),
    killRounds: positive(env['KILL_ROUNDS'], 3),
    worker: Number(env['JEST_WORKER_ID'] ?? 0),
    ...(seed === undefined ? {} : { propertySeed: Number(seed) }),
  };
}

function positive(text: string | undefined, otherwise: number): number {
  const value = Number(text ?? otherwise);
  if (!Number.isInteger(value) || value < 1) throw new Error(`"${text}" is no positive number`);
  return value;
}
