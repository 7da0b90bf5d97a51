import { Refusal } from '../../../kernel/model/errors.ts';
import type { LocationRecord } from '../domain/location-record.ts';
import type { Resolvers } from './resolvers.generated.ts';

/** Entries of one list of supply. */
const SUPPLY_MAX = 100;

export const supplyResolvers: Pick<Resolvers, 'DatedSupply'> = {
  DatedSupply: {
    // Locations are never taken away, so what refers to one finds it.
    location: ({ location }, _args, { ledger }) => ledger.state.locations.get(location) as LocationRecord,
  },
};

/** @throws {Refusal} BAD_USER_INPUT */
export function readFirst(first: number): number {
  if (first >= 1 && first <= SUPPLY_MAX) return first;
  throw new Refusal('BAD_USER_INPUT', `first must be 1 to ${SUPPLY_MAX}.`, { field: 'first', max: SUPPLY_MAX });
}
