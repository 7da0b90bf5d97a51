import { Refusal } from '../../../kernel/model/errors.ts';
import type { TrackedLine } from '../domain/tracked-line.ts';

const NAME_LENGTH_MAX = 64;
const SERIALS_MAX = 500;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

type Given<Value> = Value | null | undefined;

/** What an input says of the units of its line. */
interface UnitsInput {
  readonly unit?: Given<string>;
  readonly lot?: Given<string>;
  readonly expiresOn?: Given<string>;
  readonly serials?: Given<readonly string[]>;
}

/**
 * The same without what is not given.
 * @throws {Refusal} BAD_USER_INPUT naming the field
 */
export function readUnits({ unit, lot, expiresOn, serials }: UnitsInput): TrackedLine & { readonly unit?: string } {
  if (lot) assertName(lot, 'lot');
  for (const serial of serials ?? []) assertName(serial, 'serials');
  if (serials && serials.length > SERIALS_MAX) {
    throw new Refusal('BAD_USER_INPUT', `serials must be at most ${SERIALS_MAX}.`, {
      field: 'serials',
      max: SERIALS_MAX,
    });
  }
  if (expiresOn && !isDay(expiresOn)) {
    throw new Refusal('BAD_USER_INPUT', `expiresOn "${expiresOn}" is no day such as 2027-01-31.`, {
      field: 'expiresOn',
    });
  }
  return {
    ...(unit && { unit }),
    ...(lot && { lot }),
    ...(expiresOn && { expiresOn }),
    ...(serials && { serials }),
  };
}

function assertName(name: string, field: 'lot' | 'serials'): void {
  if (name.length >= 1 && name.length <= NAME_LENGTH_MAX) return;
  throw new Refusal('BAD_USER_INPUT', `${field} must have 1 to ${NAME_LENGTH_MAX} characters.`, { field });
}

/** February has no 30th day, so the text has to come out of the date again. */
function isDay(text: string): boolean {
  if (!DAY.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
