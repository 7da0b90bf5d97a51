import type { Steps } from '../../../kernel/model/quantity.ts';
import { availableOf, isSoldFrom, nodeAvailableOf } from './availability.ts';
import { NONE } from './bucket.ts';
import type { Seller } from './find-channel.ts';
import { kitPartsOf } from './kit-parts.ts';
import type { LedgerState } from './ledger-state.ts';
import { bindableWithoutHarm } from './servable-demand.ts';

/** How much of a SKU a seller may promise: from one location, or, with NONE, from its network. */
export function sellableQuantity(
  state: LedgerState,
  sku: number,
  { seller, location }: { readonly seller: Seller; readonly location: number },
): Steps {
  if (location !== NONE && state.skus[sku]?.components) return kitsAt(state, sku, { seller, location });
  const network = seller.type === 'channel' ? availableOf(state, sku, seller.channel) : undefined;
  if (location === NONE) return network ?? 0;
  const row = state.positions.find(sku, location);
  const node = row === NONE ? 0 : (nodeAvailableOf(state, row, seller.id) ?? 0);
  if (node === 0 || network === 0) return 0;
  const harmless = bindableWithoutHarm(state, { sku, location, fromNetwork: NONE });
  return Math.min(node, network ?? node, harmless);
}

/** As many as its parts allow there, and no more than the rules for the kit itself let be sold. */
function kitsAt(
  state: LedgerState,
  sku: number,
  { seller, location }: { readonly seller: Seller; readonly location: number },
): Steps {
  const place = { sku: state.skuIds.textOf(sku), location: state.locationIds.textOf(location), channel: seller.id };
  if (!isSoldFrom(state, place)) return 0;
  const parts = kitPartsOf(state, sku) ?? [];
  if (parts.length === 0) return 0;
  const network = seller.type === 'channel' ? availableOf(state, sku, seller.channel) : Number.MAX_SAFE_INTEGER;
  const counts = parts.map((part) => {
    return Math.floor(sellableQuantity(state, part.sku, { seller, location }) / part.stepsEach);
  });
  return Math.min(network, ...counts);
}
