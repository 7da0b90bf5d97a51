import type { Steps } from '../../../kernel/model/quantity.ts';
import { NONE } from '../domain/bucket.ts';
import { kitPartsOf } from '../domain/kit-parts.ts';
import type { LedgerState } from '../domain/ledger-state.ts';
import type { ChannelRecord } from '../domain/sales-territory.ts';
import { sellableQuantity } from '../domain/sellable-quantity.ts';

/** How many whole kits each location could serve, the largest first: those of the network where every component has a position. */
export function kitNodesOf(
  state: LedgerState,
  { kit, channel }: { readonly kit: number; readonly channel: ChannelRecord },
): readonly { readonly location: number; readonly available: Steps }[] {
  const parts = kitPartsOf(state, kit) ?? [];
  if (parts.length === 0) return [];
  const seller = { type: 'channel', id: channel.id, channel } as const;
  return state.territory
    .networkOf(channel)
    .locations.filter((location) => parts.every(({ sku }) => state.positions.find(sku, location) !== NONE))
    .map((location) => ({ location, available: sellableQuantity(state, kit, { seller, location }) }))
    .toSorted((a, b) => b.available - a.available || a.location - b.location);
}
