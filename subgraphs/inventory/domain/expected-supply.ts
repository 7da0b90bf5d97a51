import type { Steps } from '../../../kernel/model/quantity.ts';
import { NONE } from './bucket.ts';
import { byDate, type DatedSupply } from './dated-supply.ts';
import type { LedgerState } from './ledger-state.ts';
import type { NetworkRecord } from './sales-territory.ts';

/**
 * What is expected to come to the locations of a network by an instant, that instant included. Reads no clock: whoever
 * lets time pass says until when. What is without a date counts for no instant.
 */
export function expectedSupply(state: LedgerState, sku: number, until: Horizon): Steps {
  let sum = 0;
  for (const { steps, expectedAtMs } of suppliesOf(state, sku, until.network)) {
    if (expectedAtMs !== null && expectedAtMs <= until.untilMs) sum += steps;
  }
  return sum;
}

export interface Horizon {
  readonly network: NetworkRecord;
  /** Epoch milliseconds. */
  readonly untilMs: number;
}

/** The earliest instant after `afterMs` at which `expectedSupply` is another, or undefined: when to look again. */
export function nextSupplyMs(
  state: LedgerState,
  sku: number,
  { network, afterMs }: { readonly network: NetworkRecord; readonly afterMs: number },
): number | undefined {
  let next: number | undefined;
  for (const { expectedAtMs } of suppliesOf(state, sku, network)) {
    if (expectedAtMs !== null && expectedAtMs > afterMs) next = Math.min(next ?? expectedAtMs, expectedAtMs);
  }
  return next;
}

/** Everything that is to come to the locations of a network, the earliest first. */
export function datedSupply(state: LedgerState, sku: number, network: NetworkRecord): readonly DatedSupply[] {
  return [...suppliesOf(state, sku, network)].sort(byDate);
}

function* suppliesOf(state: LedgerState, sku: number, network: NetworkRecord): Iterable<DatedSupply> {
  const { positions, territory, supply } = state;
  for (let row = positions.firstOfSku(sku); row !== NONE; row = positions.nextOfSku(row)) {
    const location = positions.locationOf(row);
    if (!territory.includes(network, location)) continue;
    for (const { promised = 0, ...coming } of supply.at(sku, location)) {
      if (coming.steps > promised) yield { ...coming, steps: coming.steps - promised };
    }
  }
}
