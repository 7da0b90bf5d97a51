import type { SnapshotCodec } from '../../../kernel/engine/writer-definition.ts';
import { AllocationBook, type Allocation } from '../domain/allocation-book.ts';
import { BucketHistory, type BucketHistoryData } from '../domain/bucket-history.ts';
import { ExceptionBook, type OpenException } from '../domain/exception-book.ts';
import { FactMemory, type FactEntry } from '../domain/fact-memory.ts';
import { BackorderBook } from '../domain/backorder-book.ts';
import { FeedBook, type LocationFeed } from '../domain/feed-book.ts';
import { Interner } from '../domain/interner.ts';
import { createLedgerState, type LedgerState } from '../domain/ledger-state.ts';
import type { LocationRecord } from '../domain/location-record.ts';
import { MovementHistory, type MovementHistoryData } from '../domain/movement-history.ts';
import { PositionTable, type PositionTableData } from '../domain/position-table.ts';
import { QuotaSales, type QuotaSalesData } from '../domain/quota-sales.ts';
import { ReceiptBook, type ReceiptBookData } from '../domain/receipt-book.ts';
import type { Reservation } from '../domain/reservation.ts';
import { ReservationBook } from '../domain/reservation-book.ts';
import { RuleBook, type RuleBookData } from '../domain/rule-book.ts';
import { RuleTable, type RuleEntry } from '../domain/rule-table.ts';
import { SalesTerritory, type ChannelRecord, type NetworkRecord } from '../domain/sales-territory.ts';
import { SequenceBook, type NumberedStream } from '../domain/sequence-book.ts';
import { SkuGrid, type SkuGridData } from '../domain/sku-grid.ts';
import type { SerialRecord } from '../domain/serial-register.ts';
import type { SkuRecord } from '../domain/sku-record.ts';
import { rebuildSupply } from '../domain/evolve-supply.ts';
import { SupplyBook, type SupplyBookData } from '../domain/supply-book.ts';
import { TrackedStock, type TrackedStockData } from '../domain/tracked-stock.ts';
import { TermDates, type TermDatesData } from '../domain/term-dates.ts';
import type { Transfer } from '../domain/transfer.ts';
import { TransferBook } from '../domain/transfer-book.ts';
import { UnsourcedDemand } from '../domain/unsourced-demand.ts';
import { joinSlices, packInSlices, unpack } from './snapshot-form.ts';

interface SnapshotData {
  readonly skuIds: readonly string[];
  readonly locationIds: readonly string[];
  /** Null is a SKU that is not registered. */
  readonly skus: readonly (SkuRecord | null)[];
  readonly skuSeqs: readonly number[];
  readonly locations: readonly LocationRecord[];
  readonly networks: readonly NetworkRecord[];
  readonly channels: readonly ChannelRecord[];
  readonly rules: readonly RuleEntry[];
  readonly ruleBook: RuleBookData;
  readonly feeds: readonly LocationFeed[];
  readonly staleLocations: readonly number[];
  readonly positions: PositionTableData;
  readonly history: MovementHistoryData;
  readonly bucketHistory: BucketHistoryData;
  readonly exceptions: readonly OpenException[];
  readonly virtualBalances: SkuGridData;
  readonly tracked: Omit<TrackedStockData, 'serials'>;
  readonly heldSerials: readonly SerialRecord[];
  readonly goneSerials: readonly SerialRecord[];
  readonly reservations: readonly Reservation[];
  readonly allocations: readonly Allocation[];
  readonly unsourced: SkuGridData;
  readonly quotaSales: QuotaSalesData;
  readonly termDates: TermDatesData;
  readonly transfers: readonly Transfer[];
  readonly supplyDocuments: SupplyBookData['documents'];
  readonly earlyReceipts: SupplyBookData['early'];
  readonly facts: readonly FactEntry[];
  readonly receipts: ReceiptBookData['receipts'];
  readonly waitingReceipts: ReceiptBookData['waiting'];
  readonly sequences: readonly (readonly [string, NumberedStream])[];
}

/** The state of the ledger as bytes. Equal histories give equal bytes. */
export const ledgerSnapshot: SnapshotCodec<LedgerState> = {
  version: 19,
  encode: (state) => joinSlices(slicesOf(state)),
  encodeInSlices: slicesOf,
  decode: (bytes) => fromData(unpack(bytes) as SnapshotData),
};

/** Their elements are replaced and never changed; those of facts are copied for it, documents of supply and receipts are frozen. */
const LONG_LISTS = [
  'skuIds',
  'skus',
  'skuSeqs',
  'reservations',
  'facts',
  'heldSerials',
  'goneSerials',
  'supplyDocuments',
  'receipts',
] as const;

function slicesOf(state: LedgerState): Iterable<Uint8Array> {
  return packInSlices(freeze(state), LONG_LISTS);
}

/** As the data is while it is written: what is large and changes is frozen. */
type FrozenData = Omit<SnapshotData, 'positions' | 'history' | 'bucketHistory' | 'supplyDocuments' | 'receipts'> & {
  readonly positions: ReturnType<PositionTable['freeze']>;
  readonly history: ReturnType<MovementHistory['freeze']>;
  readonly bucketHistory: ReturnType<BucketHistory['freeze']>;
  readonly supplyDocuments: ReturnType<SupplyBook['freezeDocuments']>;
  readonly receipts: ReturnType<ReceiptBook['freezeReceipts']>;
};

function freeze(state: LedgerState): FrozenData {
  const serials = state.tracked.serials.toData();
  return {
    skuIds: [...state.skuIds.toTexts()],
    locationIds: state.locationIds.toTexts(),
    skus: Array.from(state.skus, (sku) => sku ?? null),
    skuSeqs: Array.from(state.skuSeqs, (seq) => seq ?? 0),
    locations: [...state.locations.values()],
    networks: [...state.territory.networks.values()],
    channels: [...state.territory.channels.values()],
    rules: state.rules.toEntries(),
    ruleBook: state.ruleBook.toData(),
    feeds: state.feeds.toEntries(),
    staleLocations: [...state.staleLocations],
    positions: state.positions.freeze(),
    history: state.history.freeze(),
    bucketHistory: state.bucketHistory.freeze(),
    exceptions: state.exceptions.toEntries(),
    virtualBalances: state.virtualBalances.toData(),
    tracked: state.tracked.toData(),
    heldSerials: serials.used,
    goneSerials: serials.remembered,
    reservations: state.reservations.toEntries(),
    allocations: [...state.allocations.all()],
    unsourced: state.unsourced.toData(),
    quotaSales: state.quotaSales.toData(),
    termDates: state.termDates.toData(),
    transfers: state.transfers.all(),
    supplyDocuments: state.supplyBook.freezeDocuments(),
    earlyReceipts: state.supplyBook.earlyReceipts(),
    facts: state.facts.toEntries(),
    receipts: state.receipts.freezeReceipts(),
    waitingReceipts: state.receipts.waiting(),
    sequences: state.sequences.toEntries(),
  };
}

function fromData(data: SnapshotData): LedgerState {
  const state = createLedgerState({
    skuIds: new Interner(data.skuIds),
    locationIds: new Interner(data.locationIds),
    skus: data.skus.map((sku) => sku ?? undefined),
    skuSeqs: [...data.skuSeqs],
    locations: new Map(data.locations.map((location) => [location.id, location])),
    territory: territoryOf(data),
    rules: new RuleTable(data.rules),
    ruleBook: new RuleBook(data.ruleBook),
    feeds: new FeedBook(data.feeds),
    staleLocations: new Set(data.staleLocations),
    positions: PositionTable.from(data.positions),
    history: MovementHistory.from(data.history),
    bucketHistory: BucketHistory.from(data.bucketHistory),
    exceptions: new ExceptionBook(data.exceptions),
    virtualBalances: SkuGrid.from(data.virtualBalances, 0),
    tracked: new TrackedStock({
      ...data.tracked,
      serials: { used: data.heldSerials, remembered: data.goneSerials },
    }),
    reservations: new ReservationBook(data.reservations),
    allocations: new AllocationBook(data.allocations),
    unsourced: new UnsourcedDemand(data.unsourced),
    backorders: backordersOf(data),
    quotaSales: new QuotaSales(data.quotaSales),
    termDates: new TermDates(data.termDates),
    transfers: new TransferBook(data.transfers),
    supplyBook: new SupplyBook({ documents: data.supplyDocuments, early: data.earlyReceipts }),
    facts: new FactMemory(data.facts),
    receipts: new ReceiptBook({ receipts: data.receipts, waiting: data.waitingReceipts }),
    sequences: new SequenceBook(data.sequences),
  });
  rebuildSupply(state);
  state.skus.forEach((sku, index) => {
    const components = (sku?.components ?? []).map((component) => state.skuIds.intern(component.sku));
    state.kits.set(index, components);
  });
  return state;
}

/** What is owed follows from the reservations, in their order. */
function backordersOf({ reservations, channels }: SnapshotData): BackorderBook {
  const book = new BackorderBook();
  for (const { id, sku, channel, status, backordered } of reservations) {
    if (status !== 'ACTIVE' || backordered === 0) continue;
    const { index = 0 } = channels.find((record) => record.id === channel) ?? {};
    book.add({ sku, channel: index, reservation: id, steps: backordered, left: backordered });
  }
  return book;
}

/** Networks and channels stand in the order of their indexes. */
function territoryOf({ networks, channels }: SnapshotData): SalesTerritory {
  const territory = new SalesTerritory();
  for (const { id, locations } of networks) territory.setNetwork(id, locations);
  for (const channel of channels) territory.setChannel(channel);
  return territory;
}
