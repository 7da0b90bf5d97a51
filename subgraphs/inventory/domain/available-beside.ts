import type { Steps } from '../../../kernel/model/quantity.ts';
import { availableWithout } from './availability.ts';
import type { LedgerState } from './ledger-state.ts';
import type { Reservation } from './reservation.ts';
import type { ChannelRecord } from './sales-territory.ts';

export interface Beside {
  /** What the channel may sell. */
  readonly sellable: Steps;
  /** Of that, what is there: the rest would be owed. */
  readonly fromStock: Steps;
}

/** What of a SKU, which is no kit, a channel could sell if claims of its own on its network were gone. */
export function availableBeside(
  state: LedgerState,
  sku: number,
  { channel, replaced }: { readonly channel: ChannelRecord; readonly replaced: readonly Reservation[] },
): Beside {
  let claimed = 0;
  let owed = 0;
  for (const reservation of replaced) {
    if (reservation.sku !== sku) continue;
    claimed += reservation.steps - reservation.backordered;
    owed += reservation.backordered;
  }
  return availableWithout(state, sku, { channel, without: { claimed, owed } });
}
