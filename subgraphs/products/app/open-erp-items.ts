import { StaleWhileRevalidate } from '../../../kernel/graphql/stale-while-revalidate.ts';
import { ITEMS_PER_LOOK_UP_MAX, type Erp } from '../../../connectors/erp/port.ts';
import type { ItemRecorded } from '../../../schema/events/inbox.ts';
import type { ItemReport } from '../domain/sku-record.ts';
import { registerItems, type RegistrationParts } from './register-items.ts';

export interface ErpItems {
  readonly system: string;
  /** Items and prices together, as the ERP told them last. */
  readonly cache: StaleWhileRevalidate<ItemRecorded>;
  /** Resolves when everything that look-ups found different has been saved. */
  settled(): Promise<void>;
}

/**
 * The ERP's items behind a cache. What a look-up finds is written to the documents as well, so that a change of which no
 * message told is registered, and so that the last known value survives a restart.
 */
export function openErpItems(parts: RegistrationParts, erp: Erp): ErpItems {
  const { platform, limits } = parts;
  const saves = new Set<Promise<void>>();
  const lookUp = async (skus: readonly string[]): Promise<ReadonlyMap<string, ItemRecorded>> => {
    const askedAtMs = platform.clock.nowMs();
    const items = await erp.lookUpItems(skus);
    const save = saveFound(parts, reportsOf(erp.system, items.values(), askedAtMs)).finally(() => saves.delete(save));
    saves.add(save);
    return items;
  };
  const cache = new StaleWhileRevalidate<ItemRecorded>({
    name: 'erp-items',
    entriesMax: limits.erpEntriesMax,
    freshMs: limits.erpFreshMs,
    staleMs: limits.erpStaleMs,
    batchKeysMax: ITEMS_PER_LOOK_UP_MAX,
    refreshKeysMax: limits.erpRefreshKeysMax,
    retryAfterMs: limits.erpRetryAfterMs,
    load: lookUp,
    clock: platform.clock,
    telemetry: platform.telemetry,
  });
  return {
    system: erp.system,
    cache,
    settled: async () => {
      await Promise.all(saves);
    },
  };
}

/** A look-up tells the state at the time of the question, not later. */
export function reportsOf(system: string, items: Iterable<ItemRecorded>, askedAtMs: number): readonly ItemReport[] {
  return Array.from(items, (item) => ({
    item,
    system,
    isFromErp: true,
    statedAtMs: askedAtMs,
    heardAtMs: askedAtMs,
  }));
}

/** The reader has its answer; a save that fails is told and made up for by the next look-up. */
async function saveFound(parts: RegistrationParts, reports: readonly ItemReport[]): Promise<void> {
  const { ids, telemetry } = parts.platform;
  try {
    await registerItems(parts, reports, { correlationId: ids.next() });
  } catch (error) {
    telemetry.count('products_look_up_saves_failed_total');
    telemetry.log('warn', 'items that a look-up found could not be saved', { error: String(error) });
  }
}
