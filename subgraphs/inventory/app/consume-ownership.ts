import { readEvent } from '../../../kernel/model/read-told.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import type { Consumer } from '../../../kernel/ports/streams.ts';
import { ownershipChanged } from '../../../schema/events/operations.ts';
import { streamOf } from '../../../schema/events/subjects.ts';
import type { InventoryLimits } from './inventory-limits.ts';
import type { Ownership } from './ownership.ts';

/** Keeps the projection of the ownership register. */
export function consumeOwnership(platform: Platform, ownership: Ownership, limits: InventoryLimits): Promise<Consumer> {
  return platform.streams.consume({
    durable: 'inventory-ownership',
    stream: streamOf('operations'),
    types: [ownershipChanged.type],
    from: 'first',
    concurrencyMax: 1,
    deliveriesMax: limits.factDeliveriesMax,
    backoffMinMs: limits.backoffMinMs,
    backoffMaxMs: limits.backoffMaxMs,
    handle: ({ envelope }) => ownership.apply(readEvent(ownershipChanged, envelope)),
  });
}
