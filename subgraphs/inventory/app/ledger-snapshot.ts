import { deserialize, serialize } from 'node:v8';
import type { SnapshotCodec } from '../../../kernel/engine/writer-definition.ts';
import { AllocationBook, type Allocation } from '../domain/allocation-book.ts';
import { FactMemory } from '../domain/fact-memory.ts';
import { Interner } from '../domain/interner.ts';
import { createLedgerState, type LedgerState, type VirtualBalances } from '../domain/ledger-state.ts';
import type { LocationRecord } from '../domain/location-record.ts';
import { MovementHistory, type MovementHistoryData } from '../domain/movement-history.ts';
import { PositionTable, type PositionTableData } from '../domain/position-table.ts';
import type { Reservation } from '../domain/reservation.ts';
import { ReservationBook } from '../domain/reservation-book.ts';
import { RuleTable } from '../domain/rule-table.ts';
import { SalesTerritory, type ChannelRecord, type NetworkRecord } from '../domain/sales-territory.ts';
import type { SkuRecord } from '../domain/sku-record.ts';
import { UnsourcedDemand } from '../domain/unsourced-demand.ts';

interface SnapshotData {
  readonly skuIds: readonly string[];
  readonly locationIds: readonly string[];
  readonly skus: readonly (SkuRecord | undefined)[];
  readonly skuSeqs: readonly number[];
  readonly locations: readonly LocationRecord[];
  readonly networks: readonly NetworkRecord[];
  readonly channels: readonly ChannelRecord[];
  readonly rules: readonly (readonly [string, number])[];
  readonly staleLocations: readonly number[];
  readonly positions: PositionTableData;
  readonly history: MovementHistoryData;
  readonly virtualBalances: readonly (readonly [number, VirtualBalances])[];
  readonly reservations: readonly Reservation[];
  readonly allocations: readonly Allocation[];
  readonly unsourced: readonly (readonly [number, number])[];
  readonly facts: readonly (readonly [string, true | readonly string[]])[];
}

/** The state of the ledger as bytes. Equal histories give equal bytes. */
export const ledgerSnapshot: SnapshotCodec<LedgerState> = {
  version: 1,
  encode: (state) => serialize(toData(state)),
  decode: (bytes) => fromData(deserialize(bytes) as SnapshotData),
};

function toData(state: LedgerState): SnapshotData {
  return {
    skuIds: state.skuIds.toTexts(),
    locationIds: state.locationIds.toTexts(),
    skus: state.skus,
    skuSeqs: state.skuSeqs,
    locations: [...state.locations.values()],
    networks: [...state.territory.networks.values()],
    channels: [...state.territory.channels.values()],
    rules: state.rules.toEntries(),
    staleLocations: [...state.staleLocations],
    positions: state.positions.toData(),
    history: state.history.toData(),
    virtualBalances: [...state.virtualBalances],
    reservations: state.reservations.toEntries(),
    allocations: [...state.allocations.all()],
    unsourced: state.unsourced.toEntries(),
    facts: state.facts.toEntries(),
  };
}

function fromData(data: SnapshotData): LedgerState {
  return {
    ...createLedgerState(),
    skuIds: new Interner(data.skuIds),
    locationIds: new Interner(data.locationIds),
    skus: [...data.skus],
    skuSeqs: [...data.skuSeqs],
    locations: new Map(data.locations.map((location) => [location.id, location])),
    territory: territoryOf(data),
    rules: new RuleTable(data.rules),
    staleLocations: new Set(data.staleLocations),
    positions: PositionTable.from(data.positions),
    history: MovementHistory.from(data.history),
    virtualBalances: new Map(data.virtualBalances),
    reservations: new ReservationBook(data.reservations),
    allocations: new AllocationBook(data.allocations),
    unsourced: new UnsourcedDemand(data.unsourced),
    facts: new FactMemory(data.facts),
  };
}

/** Networks and channels stand in the order of their indexes. */
function territoryOf({ networks, channels }: SnapshotData): SalesTerritory {
  const territory = new SalesTerritory();
  for (const { id, locations } of networks) territory.setNetwork(id, locations, 0);
  for (const channel of channels) territory.setChannel(channel);
  return territory;
}
