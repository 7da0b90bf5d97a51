import type { Steps } from '../../../kernel/model/quantity.ts';
import { availableOf, nodeAvailableOf } from './availability.ts';
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
  if (location !== NONE && state.skus[sku]?.components) {
    const parts = kitPartsOf(state, sku) ?? [];
    const counts = parts.map((part) => {
      return Math.floor(sellableQuantity(state, part.sku, { seller, location }) / part.stepsEach);
    });
    return counts.length === 0 ? 0 : Math.min(...counts);
  }
  const network = seller.type === 'channel' ? availableOf(state, sku, seller.channel) : undefined;
  if (location === NONE) return network ?? 0;
  const row = state.positions.find(sku, location);
  const node = row === NONE ? 0 : (nodeAvailableOf(state, row, seller.id) ?? 0);
  if (node === 0 || network === 0) return 0;
  const harmless = bindableWithoutHarm(state, { sku, location, fromNetwork: NONE });
  return Math.min(node, network ?? node, harmless);
}
