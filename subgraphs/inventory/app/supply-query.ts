import { formatQuantity } from '../../../kernel/model/quantity.ts';
import type { DatedSupply, SupplyKind } from '../domain/dated-supply.ts';
import { datedSupply } from '../domain/expected-supply.ts';
import type { LedgerState } from '../domain/ledger-state.ts';
import type { ChannelRecord } from '../domain/sales-territory.ts';

/** Stock that is to come, as it is told. */
export interface SupplyAnswer {
  readonly kind: SupplyKind;
  /** Null when nobody has said. */
  readonly fromAt: string | null;
  /** Null when the channel tells bands only. */
  readonly quantity: string | null;
  readonly location: string;
  readonly document: string;
}

/** What is to come to the locations of a channel's network: at most `first`, the earliest first. */
export function supplyOfNetwork(
  state: LedgerState,
  { sku, channel, first }: { readonly sku: string; readonly channel: ChannelRecord; readonly first: number },
): readonly SupplyAnswer[] {
  const index = state.skuIds.find(sku);
  if (index === undefined) return [];
  const supply = datedSupply(state, index, state.territory.networkOf(channel)).slice(0, first);
  return supply.map((one) => answerOf(state, one, channel.publishes === 'ATS'));
}

/** What is to come to one position: at most `first`, the earliest first. */
export function supplyOfPosition(
  state: LedgerState,
  { sku, location, first }: { readonly sku: string; readonly location: string; readonly first: number },
): readonly SupplyAnswer[] {
  const skuIndex = state.skuIds.find(sku);
  const locationIndex = state.locationIds.find(location);
  if (skuIndex === undefined || locationIndex === undefined) return [];
  return state.supply
    .at(skuIndex, locationIndex)
    .slice(0, first)
    .map((one) => answerOf(state, one, true));
}

function answerOf(state: LedgerState, supply: DatedSupply, isTold: boolean): SupplyAnswer {
  const { kind, document, sku, location, steps, expectedAtMs } = supply;
  return {
    kind,
    fromAt: expectedAtMs === null ? null : new Date(expectedAtMs).toISOString(),
    quantity: isTold ? formatQuantity(steps, state.skus[sku]?.decimals ?? 0) : null,
    location: state.locationIds.textOf(location),
    document,
  };
}
