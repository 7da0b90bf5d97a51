import { locationId } from '../../../kernel/model/codes.ts';
import { Refusal } from '../../../kernel/model/errors.ts';
import type { OrdersServices } from './orders-services.ts';

/**
 * The location where a line is to be collected.
 * @throws {Refusal} UNKNOWN_LOCATION, NOT_SOLD_HERE when nothing can be collected there
 */
export function readPickup({ places }: Pick<OrdersServices, 'places'>, code: string): string {
  const location = locationId(code);
  const place = places.of([location]).get(location);
  if (!place) throw new Refusal('UNKNOWN_LOCATION', `No location ${location} is registered.`, { location });
  if (place.capabilities.includes('PICKUP')) return location;
  throw new Refusal('NOT_SOLD_HERE', `Nothing can be collected at ${location}.`, { location });
}
