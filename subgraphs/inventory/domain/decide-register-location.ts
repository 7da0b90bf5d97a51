import { refuse } from '../../../kernel/model/errors.ts';
import type { LocationRecorded } from '../../../schema/events/inbox.ts';
import { isVirtualLocation } from './bucket.ts';
import { NOTHING, type Decision } from './decision.ts';
import type { LedgerEvent } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';

/** Locations altogether. */
const LOCATIONS_MAX = 5_000;

/** Idempotent. */
export function decideRegisterLocation(state: LedgerState, request: LocationRecorded): Decision<'register-location'> {
  const { location, name, type, timeZone, capabilities } = request;
  if (isVirtualLocation(location)) {
    return refuse('BAD_USER_INPUT', `${location} is the name of a virtual location.`, { field: 'location' });
  }
  const known = state.locations.get(location);
  if (!known && state.locations.size >= LOCATIONS_MAX) {
    return refuse('LIMIT_EXCEEDED', `There are ${LOCATIONS_MAX} locations already.`, { limit: 'LOCATIONS_MAX' });
  }
  const isSame =
    known?.name === name &&
    known.type === type &&
    known.timeZone === timeZone &&
    known.capabilities.join() === capabilities.join();
  if (isSame) return { events: [], answer: NOTHING };
  const registered: LedgerEvent = {
    type: 'location-registered',
    location,
    name,
    locationType: type,
    timeZone,
    capabilities,
  };
  return { events: [registered], answer: NOTHING };
}
