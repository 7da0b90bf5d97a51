import { OPERATIONS_LIMITS, type OperationsLimits } from '../../subgraphs/operations/app/operations-limits.ts';
import type { HubConfig } from './config.ts';
import { readNamedNumbers } from './read-named-numbers.ts';

export type OperationsConfig = Pick<OperationsLimits, 'escalateAfterMs' | 'fourEyesAboveMinor'>;

const HOUR_MS = 3_600_000;
const MINUTES = 1 / 60;

/** What needs a second person, and when what nobody answers matters more. */
export function readOperationsConfig(
  env: Readonly<Record<string, string | undefined>>,
  faults: string[],
): OperationsConfig {
  const hours = readNamedNumbers(env['STOCKWIRE_ESCALATE_HOURS'] ?? '', {
    variable: 'STOCKWIRE_ESCALATE_HOURS',
    names: ['LOW', 'MEDIUM', 'HIGH'],
    min: MINUTES,
    faults,
  });
  const fourEyes = env['STOCKWIRE_FOUR_EYES_ABOVE_MINOR'];
  const fourEyesAboveMinor = fourEyes === undefined ? OPERATIONS_LIMITS.fourEyesAboveMinor : Number(fourEyes);
  if (!Number.isSafeInteger(fourEyesAboveMinor) || fourEyesAboveMinor < 0 || fourEyes?.trim() === '') {
    faults.push('STOCKWIRE_FOUR_EYES_ABOVE_MINOR must be a whole number of pence or cents, 0 or more.');
  }
  const given = [...hours].map(([severity, each]) => [severity, Math.round(each * HOUR_MS)] as const);
  const escalateAfterMs = { ...OPERATIONS_LIMITS.escalateAfterMs, ...Object.fromEntries(given) };
  return { fourEyesAboveMinor, escalateAfterMs };
}

/** What the environment says of the bounds of operations. */
export function operationsLimitsOf({
  operations,
  retention,
}: Pick<HubConfig, 'operations' | 'retention'>): Partial<OperationsLimits> {
  return { ...operations, closedExceptionKeptMs: retention.exceptions, auditKeptMs: retention.audit };
}
