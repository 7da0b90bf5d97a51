import { Refusal } from '../../../kernel/model/errors.ts';
import type { ParcelAddress } from '../../../schema/commands/outbound-parcels.ts';
import type { PostalAddressInput } from './resolvers.generated.ts';

const TEXT_LENGTH_MAX = 200;
const FIELDS = ['name', 'street', 'city', 'postalCode', 'country'] as const;

/**
 * An address as it is written on a label.
 * @throws {Refusal} BAD_USER_INPUT
 */
export function readAddress(input: PostalAddressInput | null | undefined): ParcelAddress | null {
  if (!input) return null;
  const [name = '', street = '', city = '', postalCode = '', country = ''] = FIELDS.map((field) => {
    const text = input[field].trim();
    if (text.length >= 1 && text.length <= TEXT_LENGTH_MAX) return text;
    throw invalid(field, `must have 1 to ${TEXT_LENGTH_MAX} characters`);
  });
  if (!/^[A-Z]{2}$/.test(country.toUpperCase())) throw invalid('country', 'must be two letters, such as GB');
  return { name, street, city, postalCode, country: country.toUpperCase() };
}

const invalid = (field: string, what: string): Refusal =>
  new Refusal('BAD_USER_INPUT', `shipTo.${field} ${what}.`, { field: `shipTo.${field}` });
