import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import type { OrdersServices } from './orders-services.ts';
import { isChangeFact, recordChangeFact } from './record-change-fact.ts';
import { recordFact } from './record-fact.ts';
import { isMarketplaceFact, recordMarketplaceFact } from './record-marketplace-fact.ts';
import { isPlacedFact, recordPlacedFact } from './record-placed-fact.ts';

/**
 * Takes in a fact from outside, once by its source and event id: one about orders that are known, or one that makes an order.
 * @returns undefined when it is taken in; else what has to come first or what is wrong, and the fact is to be parked
 * @throws {Obstacle} LOG_OF_LATER_VERSION
 */
export function takeFact(services: OrdersServices, envelope: EventEnvelope): Promise<string | undefined> {
  if (isChangeFact(envelope)) return recordChangeFact(services, envelope);
  if (isPlacedFact(envelope)) return recordPlacedFact(services, envelope);
  return isMarketplaceFact(envelope) ? recordMarketplaceFact(services, envelope) : recordFact(services, envelope);
}
