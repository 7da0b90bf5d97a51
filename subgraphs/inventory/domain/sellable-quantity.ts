import type { Steps } from '../../../kernel/model/quantity.ts';
import { channelTermsOf, nodeTermsOf } from './availability.ts';
import { NONE } from './bucket.ts';
import type { Seller } from './find-channel.ts';
import type { LedgerState } from './ledger-state.ts';
import { bindableWithoutHarm } from './servable-demand.ts';

/** How much of a SKU a seller may promise: from one location, or, with NONE, from its network. */
export function sellableQuantity(
  state: LedgerState,
  sku: number,
  { seller, location }: { readonly seller: Seller; readonly location: number },
): Steps {
  const network = seller.type === 'channel' ? channelTermsOf(state, sku, seller.channel).available : undefined;
  if (location === NONE) return network ?? 0;
  const row = state.positions.find(sku, location);
  const node = row === NONE ? 0 : (nodeTermsOf(state, row, seller.id)?.available ?? 0);
  if (node === 0 || network === 0) return 0;
  const harmless = bindableWithoutHarm(state, { sku, location, fromNetwork: NONE });
  return Math.min(node, network ?? node, harmless);
}
