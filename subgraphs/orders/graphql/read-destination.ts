import { Refusal } from '../../../kernel/model/errors.ts';
import type { Destination } from '../domain/sourcing/destination.ts';
import type { DestinationInput } from './resolvers.generated.ts';

const POSTAL_LENGTH_MAX = 12;

/**
 * A destination as rules compare it: codes in capitals, postal codes without spaces.
 * @throws {Refusal} BAD_USER_INPUT
 */
export function readDestination(input: DestinationInput | null | undefined): Destination | null {
  if (!input) return null;
  const country = input.country.trim().toUpperCase();
  if (!/^[A-Z]{2}$/.test(country)) throw invalid('country', 'must be two letters, such as GB');
  const postalCode = (input.postalCode ?? '').replaceAll(/\s/g, '').toUpperCase();
  if (postalCode.length > POSTAL_LENGTH_MAX)
    throw invalid('postalCode', `must have at most ${POSTAL_LENGTH_MAX} signs`);
  const latitude = degrees('latitude', input.latitude, 90);
  const longitude = degrees('longitude', input.longitude, 180);
  if ((latitude === null) !== (longitude === null))
    throw invalid('latitude', 'needs a longitude, and the other way round');
  return { country, postalCode: postalCode === '' ? null : postalCode, latitude, longitude };
}

function degrees(field: string, value: number | null | undefined, max: number): number | null {
  if (value === null || value === undefined) return null;
  if (Math.abs(value) <= max) return value;
  throw invalid(field, `must be -${max} to ${max}`);
}

const invalid = (field: string, what: string): Refusal =>
  new Refusal('BAD_USER_INPUT', `destination.${field} ${what}.`, { field: `destination.${field}` });
