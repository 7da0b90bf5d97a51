import { Type } from '@sinclair/typebox';
import type { ParcelAddress } from '../../../schema/commands/outbound-parcels.ts';
import { UpstreamRejected, UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import type { RecordId, TrytonApi } from '../../systems/tryton/tryton-api.ts';

const ADDRESS = 'party.address';
const COUNTRY = 'country.country';
const Id = Type.Object({ id: Type.Integer() });

/**
 * The address of the party that reads so, made where there is none. When two ask at the same time, or the answer to its
 * making is lost, the party has it twice, and either will do.
 * Source: trytond 6.0, modules/party/address.py: `party_name` takes the place of the party's own name on a label
 * @throws {UpstreamRejected} when Tryton does not know the country
 */
export async function addressOf(api: TrytonApi, party: RecordId, shipTo: ParcelAddress): Promise<RecordId> {
  const { name: party_name, street, postalCode: postal_code, city } = shipTo;
  const values = { party, party_name, street, postal_code, city, country: await countryOf(api, shipTo.country) };
  const domain = Object.entries(values).map(([field, value]) => [field, '=', value]);
  const [found] = await api.search(ADDRESS, { domain, fields: ['id'], limit: 1 }, Id);
  if (found) return found.id;
  const [id] = await api.create(ADDRESS, [values]);
  if (id === undefined) throw new UpstreamUnavailable(api.system, { words: 'An address was made without an id.' });
  return id;
}

/** Null in a Tryton that knows no countries, which are loaded apart: it sends at home alone. */
async function countryOf(api: TrytonApi, code: string): Promise<RecordId | null> {
  const [found] = await api.search(COUNTRY, { domain: [['code', '=', code]], fields: ['id'], limit: 1 }, Id);
  if (found) return found.id;
  const [any] = await api.search(COUNTRY, { domain: [], fields: ['id'], limit: 1 }, Id);
  if (!any) return null;
  throw new UpstreamRejected(api.system, { status: 404, words: `There is no country ${code}.` });
}
