import type { Clock } from '../../../kernel/ports/clock.ts';
import { parseAs } from '../../../kernel/model/json-schema.ts';
import type { Feed } from '../../runtime/feed.ts';
import type { Inbound } from '../../runtime/inbound.ts';
import { UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import type { InventoryApi } from './inventory-api.ts';
import { inventoryMessages, type InventoryReader } from './inventory-messages.ts';
import { CountNotification, type RawChange } from './inventory-objects.ts';

/** Changes become visible to questions a while after their time. */
const OVERLAP_MS = 60_000;
/** The shortest time that a question for changes is cut down to. */
const WINDOW_MS_MIN = 1_000;

export interface InventoryIntake extends InventoryReader {
  readonly inventory: InventoryApi;
  readonly clock: Clock;
}

/** All changes of the account's stores by when Square made them. */
export function inventoryFeed(intake: InventoryIntake): Feed {
  const locationIds = Object.keys(intake.mapping.locations);
  return {
    name: 'inventory-changes',
    overlap: OVERLAP_MS,
    read: async (after) => {
      const { changes, beforeMs, isAll } = await changesAfter(intake, { locationIds, afterMs: after });
      const last = isAll ? Math.max(after, ...changes.map(createdMs)) : beforeMs;
      return { messages: await inventoryMessages(changes, intake), last, hasMore: !isAll };
    },
  };
}

/** A notification tells what lies there now. Why that changed is looked up. */
export async function inventoryNotified(json: unknown, intake: InventoryIntake): Promise<readonly Inbound[]> {
  const { inventory_counts: counts } = parseAs(CountNotification, json, 'notification').data.object;
  const { changes } = await changesAfter(intake, {
    locationIds: [...new Set(counts.map(({ location_id: place }) => place))],
    objectIds: [...new Set(counts.map(({ catalog_object_id: id }) => id))],
    afterMs: Math.min(...counts.map(({ calculated_at: at }) => Date.parse(at))) - OVERLAP_MS,
  });
  return inventoryMessages(changes, intake);
}

/**
 * The changes after an instant: all of them, or those of the first part of the time that is short enough to be read whole.
 * Square gives them by when they happened, so what is not read to its end tells nothing of when it was made.
 */
async function changesAfter(
  { inventory, clock }: InventoryIntake,
  scope: { readonly locationIds: readonly string[]; readonly objectIds?: readonly string[]; readonly afterMs: number },
): Promise<{ readonly changes: readonly RawChange[]; readonly beforeMs: number; readonly isAll: boolean }> {
  const nowMs = clock.nowMs() + OVERLAP_MS;
  for (let windowMs = nowMs - scope.afterMs; windowMs >= WINDOW_MS_MIN; windowMs = Math.floor(windowMs / 2)) {
    const beforeMs = scope.afterMs + windowMs;
    const changes = await inventory.changes({ ...scope, beforeMs });
    if (changes) return { changes, beforeMs, isAll: beforeMs >= nowMs };
  }
  throw new UpstreamUnavailable(inventory.system, { limit: 'pagesMax', words: 'Too many changes in a second.' });
}

function createdMs({ physical_count: count, adjustment, transfer }: RawChange): number {
  return Date.parse((count ?? adjustment ?? transfer)?.created_at ?? '');
}
