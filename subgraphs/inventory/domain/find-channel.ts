import { refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import type { LedgerState } from './ledger-state.ts';
import type { LocationRecord } from './location-record.ts';
import type { ChannelRecord } from './sales-territory.ts';

const STORE_PREFIX = 'STORE:';

/** Who sells: a configured channel, or a store at its own counter. */
export type Seller =
  | { readonly type: 'channel'; readonly id: string; readonly channel: ChannelRecord }
  | { readonly type: 'store'; readonly id: string; readonly store: LocationRecord };

/** The implicit channel of a store exists as soon as the store is registered. */
export function findSeller(state: LedgerState, id: string): Seller | RefusalValue {
  const channel = state.territory.channels.get(id);
  if (channel) return { type: 'channel', id, channel };
  const store = id.startsWith(STORE_PREFIX) ? state.locations.get(id.slice(STORE_PREFIX.length)) : undefined;
  if (store?.type === 'STORE') return { type: 'store', id, store };
  return refuse('UNKNOWN_CHANNEL', `No channel ${id} is registered.`, { channel: id });
}

export function isStoreChannel(id: string): boolean {
  return id.startsWith(STORE_PREFIX);
}

/** The location, when the seller may sell from it. */
export function findLocationOf(state: LedgerState, seller: Seller, id: string): LocationRecord | RefusalValue {
  const location = state.locations.get(id);
  if (!location) return refuse('UNKNOWN_LOCATION', `No location ${id} is registered.`, { location: id });
  const isServed =
    seller.type === 'store'
      ? seller.store.index === location.index
      : state.territory.includes(state.territory.networkOf(seller.channel), location.index);
  if (isServed) return location;
  return refuse('NOT_SOLD_HERE', `${id} takes no part in ${seller.id}.`, { location: id, channel: seller.id });
}
