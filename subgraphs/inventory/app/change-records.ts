import { formatQuantity, type StepDecimals, type Steps } from '../../../kernel/model/quantity.ts';
import type { ChangeRecord } from '../../../kernel/ports/change-feed.ts';
import {
  availabilityChanged,
  nodeAvailabilityChanged,
  positionChanged,
  type AvailabilityChanged,
  type NodeAvailabilityChanged,
  type PositionChanged,
} from '../../../schema/events/inventory.ts';
import { bandOf } from '../domain/availability-band.ts';
import { COLUMN, BUCKETS } from '../domain/bucket.ts';
import type { LedgerState } from '../domain/ledger-state.ts';
import type { ChannelRecord } from '../domain/sales-territory.ts';

/** A record with its key and event, as it is after the change with the sequence `version`. */
export function positionRecord(state: LedgerState, row: number, version: number): ChangeRecord {
  const value = positionValue(state, row);
  return { event: positionChanged.type, key: `${value.sku}|${value.location}`, version, value };
}

export function availabilityRecord(
  state: LedgerState,
  key: { readonly sku: number; readonly channel: ChannelRecord; readonly available: Steps },
  version: number,
): ChangeRecord {
  const sku = state.skuIds.textOf(key.sku);
  const value: AvailabilityChanged = { sku, channel: key.channel.id, ...disclosed(state, key) };
  return { event: availabilityChanged.type, key: `${sku}|${key.channel.id}`, version, value };
}

export function nodeAvailabilityRecord(
  state: LedgerState,
  key: { readonly row: number; readonly channel: ChannelRecord; readonly available: Steps },
  version: number,
): ChangeRecord {
  const { row, channel, available } = key;
  const sku = state.skuIds.textOf(state.positions.skuOf(row));
  const location = state.locationIds.textOf(state.positions.locationOf(row));
  const told = disclosed(state, { sku: state.positions.skuOf(row), channel, available });
  const value: NodeAvailabilityChanged = { sku, location, channel: channel.id, ...told };
  return { event: nodeAvailabilityChanged.type, key: `${sku}|${location}|${channel.id}`, version, value };
}

/** Whether readers would see a difference; those of a band do not see every one. */
export function isDisclosedChange(
  change: { readonly before: Steps | undefined; readonly after: Steps },
  { publishes }: ChannelRecord,
  decimals: StepDecimals,
): boolean {
  const { before, after } = change;
  if (before === undefined || before === after) return before === undefined;
  return publishes === 'ATS' || bandOf(before, decimals) !== bandOf(after, decimals);
}

/** A record of today; those of a former version told less. */
export type PositionValue = Required<PositionChanged>;

/** All figures of a position, in base units. */
export function positionValue({ positions, ...state }: LedgerState, row: number): PositionValue {
  const sku = positions.skuOf(row);
  const location = positions.locationOf(row);
  const { decimals = 0, categories = [] } = state.skus[sku] ?? {};
  const quantity = (column: number): string => formatQuantity(positions.get(row, column), decimals);
  const onHand = BUCKETS.reduce((sum, bucket) => sum + positions.get(row, COLUMN[bucket]), 0);
  return {
    sku: state.skuIds.textOf(sku),
    location: state.locationIds.textOf(location),
    categories: [...categories],
    onHand: formatQuantity(onHand, decimals),
    sellable: quantity(COLUMN.SELLABLE),
    qcHold: quantity(COLUMN.QC_HOLD),
    returnPending: quantity(COLUMN.RETURN_PENDING),
    damaged: quantity(COLUMN.DAMAGED),
    quarantine: quantity(COLUMN.QUARANTINE),
    suspect: quantity(COLUMN.SUSPECT),
    softReserved: quantity(COLUMN.softReserved),
    allocated: quantity(COLUMN.allocated),
    picked: quantity(COLUMN.picked),
    onOrder: formatQuantity(state.supply.total(sku, location, 'ON_ORDER'), decimals),
    inTransitIn: formatQuantity(state.supply.total(sku, location, 'IN_TRANSIT'), decimals),
  };
}

function disclosed(
  state: LedgerState,
  { sku, channel, available }: { readonly sku: number; readonly channel: ChannelRecord; readonly available: Steps },
): Pick<AvailabilityChanged, 'categories' | 'available' | 'band'> {
  const { decimals = 0, categories = [] } = state.skus[sku] ?? {};
  return {
    categories: [...categories],
    available: channel.publishes === 'ATS' ? formatQuantity(available, decimals) : null,
    band: bandOf(available, decimals),
  };
}
