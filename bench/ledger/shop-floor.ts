import type { LedgerCommand } from '../../subgraphs/inventory/domain/ledger-command.ts';

export const CHANNEL_ID = 'WEB';
const NETWORK_ID = 'ALL';
const LINES_PER_RECEIPT = 500;
const UNITS = '1000000';

/** So many locations hold each SKU, and a channel sells from all of them. */
export const LOCATION_COUNT = 50;

export const locationIdOf = (index: number): string => `L-${String(index).padStart(3, '0')}`;
export const skuIdOf = (index: number): string => `SKU-${String(index).padStart(6, '0')}`;

/** SKUs, locations, a network of all of them and its channel. */
export function* masterData(skuCount: number): Generator<LedgerCommand> {
  for (let sku = 0; sku < skuCount; sku++) {
    yield { type: 'register-sku', request: { sku: skuIdOf(sku), step: '1', categories: ['shirts'] } };
  }
  const locations = Array.from({ length: LOCATION_COUNT }, (_, index) => locationIdOf(index));
  for (const location of locations) {
    yield {
      type: 'register-location',
      request: { location, name: location, type: 'STORE', timeZone: 'Europe/London', capabilities: ['SHIP', 'PICKUP'] },
    };
  }
  yield { type: 'register-network', request: { id: NETWORK_ID, locations } };
  yield {
    type: 'register-channel',
    request: { id: CHANNEL_ID, network: NETWORK_ID, currency: 'GBP', publishes: 'ATS' },
  };
}

/** Stock of every SKU at every location. */
export function* openingReceipts(skuCount: number, occurredAtMs: number): Generator<LedgerCommand> {
  for (let index = 0; index < LOCATION_COUNT; index++) {
    for (let first = 0; first < skuCount; first += LINES_PER_RECEIPT) {
      const eventId = `receipt-${index}-${first}`;
      const count = Math.min(LINES_PER_RECEIPT, skuCount - first);
      const lines = Array.from({ length: count }, (_, line) => {
        return { lineId: String(line), sku: skuIdOf(first + line), quantity: UNITS };
      });
      const data = { location: locationIdOf(index), reference: eventId, lines };
      yield {
        type: 'record-fact',
        fact: { type: 'goods-received', source: { system: 'bench', eventId }, occurredAtMs, data },
      };
    }
  }
}

export function reservation(commandId: string, sku: string): LedgerCommand {
  const lines = [{ lineRef: 'line', sku, quantity: '1' }];
  return { type: 'reserve-stock', request: { commandId, kind: 'ORDER', channel: CHANNEL_ID, lines } };
}

/** Units that each location keeps back, by a rule of its own. */
export function safetyStock(): LedgerCommand {
  const rules = Array.from({ length: LOCATION_COUNT }, (_, index) => {
    return { kind: 'SAFETY_QUANTITY' as const, location: locationIdOf(index), quantity: '2', isRemoved: false };
  });
  return { type: 'change-availability-rules', request: { changedBy: 'bench', effectiveAtMs: null, rules } };
}

export function storeSale(
  eventId: string,
  at: { readonly sku: string; readonly location: string; readonly occurredAtMs: number },
): LedgerCommand {
  const lines = [{ lineId: '1', sku: at.sku, quantity: '1', unitPriceMinor: 1_000 }];
  return {
    type: 'record-fact',
    fact: {
      type: 'store-sale-recorded',
      source: { system: 'bench', eventId },
      occurredAtMs: at.occurredAtMs,
      data: { location: at.location, externalId: eventId, lines },
    },
  };
}

/** Indexes from 0 to below `count`, all over the place, the same in every run. */
export function scattered(count: number): () => number {
  let seed = 12_345;
  return () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * count);
  };
}
