import { AllocationBook } from './allocation-book.ts';
import { VIRTUAL_LOCATIONS, type VirtualLocation } from './bucket.ts';
import { BackorderBook } from './backorder-book.ts';
import { BucketHistory } from './bucket-history.ts';
import { ExceptionBook } from './exception-book.ts';
import { FactMemory } from './fact-memory.ts';
import { FeedBook } from './feed-book.ts';
import { Interner } from './interner.ts';
import { KitIndex } from './kit-index.ts';
import type { LocationRecord } from './location-record.ts';
import { MovementHistory } from './movement-history.ts';
import { NodeSums } from './node-sums.ts';
import { PositionTable } from './position-table.ts';
import { QuotaSales } from './quota-sales.ts';
import { SupplyIndex } from './dated-supply.ts';
import { ReceiptBook } from './receipt-book.ts';
import { ReservationBook } from './reservation-book.ts';
import { RuleBook } from './rule-book.ts';
import { RuleTable } from './rule-table.ts';
import { SalesTerritory } from './sales-territory.ts';
import { SequenceBook } from './sequence-book.ts';
import { SkuGrid } from './sku-grid.ts';
import type { SkuRecord } from './sku-record.ts';
import { SupplyBook } from './supply-book.ts';
import { TermDates } from './term-dates.ts';
import { TrackedStock } from './tracked-stock.ts';
import { TransferBook } from './transfer-book.ts';
import { UnsourcedDemand } from './unsourced-demand.ts';

/** Everything that the ledger knows, in memory. Only `evolve` changes it. */
export interface LedgerState {
  readonly skuIds: Interner;
  readonly locationIds: Interner;
  /** By index; a hole is a SKU that is not registered. */
  readonly skus: (SkuRecord | undefined)[];
  /** By index: the last change of anything that concerns the SKU. */
  readonly skuSeqs: number[];
  /** Which kits a SKU is a component of. */
  readonly kits: KitIndex;
  readonly locations: Map<string, LocationRecord>;
  readonly territory: SalesTerritory;
  /** What holds now. */
  readonly rules: RuleTable;
  readonly ruleBook: RuleBook;
  readonly feeds: FeedBook;
  readonly staleLocations: Set<number>;
  readonly positions: PositionTable;
  /** What follows from the above and is asked too often to be summed each time. */
  readonly nodeSums: NodeSums;
  readonly history: MovementHistory;
  readonly bucketHistory: BucketHistory;
  /** By SKU, the virtual locations in the order of VIRTUAL_LOCATIONS. */
  readonly virtualBalances: SkuGrid;
  readonly tracked: TrackedStock;
  readonly reservations: ReservationBook;
  readonly allocations: AllocationBook;
  readonly unsourced: UnsourcedDemand;
  readonly backorders: BackorderBook;
  readonly quotaSales: QuotaSales;
  readonly termDates: TermDates;
  readonly transfers: TransferBook;
  readonly supplyBook: SupplyBook;
  /** What transfers and supply documents bring, by position. */
  readonly supply: SupplyIndex;
  readonly facts: FactMemory;
  readonly receipts: ReceiptBook;
  readonly exceptions: ExceptionBook;
  readonly sequences: SequenceBook;
  /** Who is told before something changes; never a part of the ledger's own truth. */
  observer: LedgerObserver | undefined;
}

/** For the publisher, which compares before with after. */
export interface LedgerObserver {
  /** Something that concerns the SKU is about to change. */
  skuChanges(sku: number): void;
  /** Rules are about to change, or the freshness of a feed; `skus` lists whom it may concern, each once. */
  settingsChange(skus: () => Iterable<number>): void;
  /** A figure of the position is about to change; it may not exist yet. */
  positionChanges(sku: number, location: number): void;
}

/** An empty ledger with the parts that are given, as a snapshot gives them. */
export function createLedgerState(given: Partial<Omit<LedgerState, 'nodeSums'>> = {}): LedgerState {
  const parts: Omit<LedgerState, 'nodeSums'> = {
    skuIds: new Interner(),
    locationIds: new Interner(),
    skus: [],
    skuSeqs: [],
    kits: new KitIndex(),
    locations: new Map(),
    territory: new SalesTerritory(),
    rules: new RuleTable(),
    ruleBook: new RuleBook(),
    feeds: new FeedBook(),
    staleLocations: new Set(),
    positions: new PositionTable(),
    history: new MovementHistory(),
    bucketHistory: new BucketHistory(),
    virtualBalances: new SkuGrid(0),
    tracked: new TrackedStock(),
    reservations: new ReservationBook(),
    allocations: new AllocationBook(),
    unsourced: new UnsourcedDemand(),
    backorders: new BackorderBook(),
    quotaSales: new QuotaSales(),
    termDates: new TermDates(),
    transfers: new TransferBook(),
    supplyBook: new SupplyBook(),
    supply: new SupplyIndex(),
    facts: new FactMemory(),
    receipts: new ReceiptBook(),
    exceptions: new ExceptionBook(),
    sequences: new SequenceBook(),
    observer: undefined,
    ...given,
  };
  return { ...parts, nodeSums: new NodeSums(parts) };
}

/** What lies, so to speak, at a virtual location; with all positions the sum of a SKU is zero. */
export function virtualBalance(state: LedgerState, sku: number, place: VirtualLocation): number {
  return state.virtualBalances.get(sku, VIRTUAL_LOCATIONS.indexOf(place));
}
