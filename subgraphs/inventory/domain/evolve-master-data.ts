import { forgetSums, touchSku } from './change-position.ts';
import { evolveTracking } from './evolve-tracked-stock.ts';
import { applyQuotas } from './evolve-quota-sales.ts';
import type { LedgerEventOf } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';

export function evolveSku(state: LedgerState, event: LedgerEventOf<'sku-registered'>, seq: number): void {
  const index = state.skuIds.intern(event.sku);
  touchSku(state, index, seq);
  const { type: _type, sku: _sku, ...settings } = event;
  const tracking = state.skus[index]?.tracking;
  state.skus[index] = { ...settings, settingsSeq: seq };
  evolveTracking(state, index, tracking);
  state.kits.set(
    index,
    (event.components ?? []).map(({ sku }) => state.skuIds.intern(sku)),
  );
  state.nodeSums.forget(index);
}

export function evolveLocation(state: LedgerState, event: LedgerEventOf<'location-registered'>): void {
  const { location: id, name, locationType: type, timeZone, capabilities } = event;
  const index = state.locationIds.intern(id);
  state.locations.set(id, { id, index, name, type, timeZone, capabilities });
}

export function evolveNetwork(state: LedgerState, event: LedgerEventOf<'network-registered'>, seq: number): void {
  const locations = event.locations.map((location) => state.locationIds.intern(location));
  state.territory.setNetwork(event.network, locations);
  state.nodeSums.forgetAll();
  // Networks that share locations count each other's demand, and which do so has changed.
  state.territory.touchChannels(seq);
}

export function evolveChannel(state: LedgerState, event: LedgerEventOf<'channel-registered'>, seq: number): void {
  const { channel: id, network, currency, publishes } = event;
  state.territory.setChannel({ id, network, currency, publishes, changedSeq: seq });
  state.nodeSums.forgetAll();
}

export function evolveRule(state: LedgerState, event: LedgerEventOf<'availability-rule-set'>, seq: number): void {
  const { kind, scope, value } = event;
  if (scope.sku === undefined) state.territory.touchChannels(seq);
  else evolveSkuSettings(state, state.skuIds.intern(scope.sku), seq);
  state.rules.set(kind, scope, value);
  forgetSums(state, [scope]);
  if (kind === 'QUOTA') applyQuotas(state, [{ kind, scope, value }], 0);
}

function evolveSkuSettings(state: LedgerState, sku: number, seq: number): void {
  touchSku(state, sku, seq);
  const record = state.skus[sku];
  if (record) state.skus[sku] = { ...record, settingsSeq: seq };
}
