import type { ChangeRecord } from '../../../kernel/ports/change-feed.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import type { CancelTimer } from '../../../kernel/ports/clock.ts';
import { availableOf, nodeAvailableOf } from '../domain/availability.ts';
import { COLUMNS, NONE } from '../domain/bucket.ts';
import type { LedgerEvent } from '../domain/ledger-event.ts';
import type { LedgerObserver, LedgerState } from '../domain/ledger-state.ts';
import type { ChannelRecord } from '../domain/sales-territory.ts';
import { availabilityRecord, isDisclosedChange, nodeAvailabilityRecord, positionRecord } from './change-records.ts';
import type { InventoryLimits } from './inventory-limits.ts';
import { CONTEXT, type Ledger, type LedgerBatch } from './ledger.ts';

/** A SKU as it was before the batch that is being decided. */
interface Before {
  readonly isRegistered: boolean;
  readonly categories: readonly string[];
  /** By channel index. */
  readonly available: ReadonlyMap<number, number>;
  readonly positions: Map<number, PositionBefore>;
}

interface PositionBefore {
  /** Undefined when the position did not exist. */
  readonly cells: readonly number[] | undefined;
  /** By channel index; absent where it took no part. */
  readonly available: ReadonlyMap<number, number>;
}

/**
 * Publishes what changed on the change feed: once per batch and key, when the batch is durable, and only what readers
 * would see as another value. Only SKUs and positions that the batch touched are computed again.
 *
 * A change of networks or channels, or of rules for very many SKUs, concerns too many keys. It is told as a gap (`prevSeq`
 * is not the last one), which makes readers ask for what they need instead of being sent everything.
 */
export class ChangePublisher implements LedgerObserver {
  readonly #ledger: Ledger;
  readonly #platform: Platform;
  readonly #limits: InventoryLimits;
  #touched = new Map<number, Before>();
  /** More was about to change than is worth computing again. */
  #isGap = false;
  #publishedSeq: number;
  #cancelHeartbeat: CancelTimer = () => undefined;

  constructor(ledger: Ledger, platform: Platform, limits: InventoryLimits) {
    this.#ledger = ledger;
    this.#platform = platform;
    this.#limits = limits;
    this.#publishedSeq = ledger.seq;
  }

  /** @returns stops it */
  start(): () => void {
    this.#ledger.state.observer = this;
    const leave = this.#ledger.onCommitted((batch) => this.#publishBatch(batch));
    this.#scheduleHeartbeat();
    // What a former process has not told any more is asked for now instead of at the next heartbeat.
    if (this.#platform.followJournal) this.#publish(this.#ledger.seq, []);
    return () => {
      leave();
      this.#cancelHeartbeat();
      this.#ledger.state.observer = undefined;
    };
  }

  skuChanges(sku: number): void {
    if (this.#touched.has(sku)) return;
    const { state } = this.#ledger;
    const record = state.skus[sku];
    const available = new Map<number, number>();
    for (const channel of record ? state.territory.channels.values() : []) {
      available.set(channel.index, availableOf(state, sku, channel));
    }
    const categories = record?.categories ?? [];
    this.#touched.set(sku, { isRegistered: record !== undefined, categories, available, positions: new Map() });
  }

  settingsChange(skus: () => Iterable<number>): void {
    if (this.#isGap) return;
    for (const sku of skus()) {
      this.#isGap = this.#touched.size >= this.#limits.recomputedSkusMax;
      if (this.#isGap) return;
      this.skuChanges(sku);
      const { positions } = this.#ledger.state;
      for (const row of rowsOf(this.#ledger.state, sku)) this.positionChanges(sku, positions.locationOf(row));
    }
  }

  positionChanges(sku: number, location: number): void {
    const positions = this.#touched.get(sku)?.positions;
    if (!positions || positions.has(location)) return;
    const { state } = this.#ledger;
    const row = state.positions.find(sku, location);
    const isNew = row === NONE;
    positions.set(location, {
      cells: isNew ? undefined : cellsOf(state, row),
      available: isNew ? new Map() : nodesOf(state, row),
    });
  }

  #publishBatch({ seq, events }: LedgerBatch): void {
    const records: ChangeRecord[] = [];
    const hasGap = this.#isGap || events.some(concernsManyKeys);
    for (const [sku, before] of hasGap ? [] : this.#touched) {
      records.push(...recordsOf(this.#ledger.state, { sku, before, seq }));
      if (records.length > this.#limits.feedRecordsMax) break;
    }
    // A map that is cleared holds on to what it held, and that would grow old.
    this.#touched = new Map();
    this.#isGap = false;
    if (hasGap || records.length > this.#limits.feedRecordsMax) this.#publish(seq, [], seq);
    else if (records.length > 0) this.#publish(seq, records);
  }

  #publish(seq: number, records: readonly ChangeRecord[], prevSeq = this.#publishedSeq): void {
    const { changeFeed, clock } = this.#platform;
    const times = records.length > 0 ? { committedAtMs: clock.nowMs() } : {};
    changeFeed.publish({ context: CONTEXT, epoch: this.#ledger.epoch, seq, prevSeq, records, ...times });
    this.#platform.telemetry.count('inventory_change_records_total', {}, records.length);
    this.#publishedSeq = seq;
  }

  #scheduleHeartbeat(): void {
    this.#cancelHeartbeat = this.#platform.clock.after(this.#limits.heartbeatMs, () => {
      this.#publish(this.#ledger.seq, []);
      this.#scheduleHeartbeat();
    });
  }
}

function concernsManyKeys(event: LedgerEvent): boolean {
  switch (event.type) {
    case 'network-registered':
    case 'channel-registered':
    case 'availability-rule-set':
      return true;
    default:
      return false;
  }
}

interface Touched {
  readonly sku: number;
  readonly before: Before;
  readonly seq: number;
}

function recordsOf(state: LedgerState, { sku, before, seq }: Touched): readonly ChangeRecord[] {
  const record = state.skus[sku];
  if (!record) return [];
  const left = before.categories.filter((category) => !record.categories.includes(category));
  const isOther = !before.isRegistered || left.length > 0 || before.categories.length !== record.categories.length;
  const records = [
    ...availabilityRecords(state, { sku, before, seq }, isOther),
    ...(isOther ? rowsOf(state, sku) : touchedRows(state, sku, before)).flatMap((row) =>
      rowRecords(state, { row, seq, isOther, before: before.positions.get(state.positions.locationOf(row)) }),
    ),
  ];
  return left.length === 0 ? records : records.map((changed) => ({ ...changed, left: { categories: left } }));
}

function availabilityRecords(state: LedgerState, { sku, before, seq }: Touched, isOther: boolean): ChangeRecord[] {
  const records: ChangeRecord[] = [];
  for (const channel of state.territory.channels.values()) {
    const available = availableOf(state, sku, channel);
    const change = { before: before.available.get(channel.index), after: available };
    if (!isOther && !isDisclosedChange(change, channel, state.skus[sku]?.decimals ?? 0)) continue;
    records.push(availabilityRecord(state, { sku, channel, available }, seq));
  }
  return records;
}

function rowRecords(
  state: LedgerState,
  changed: {
    readonly row: number;
    readonly seq: number;
    readonly isOther: boolean;
    readonly before: PositionBefore | undefined;
  },
): ChangeRecord[] {
  const { row, seq, isOther, before } = changed;
  const records: ChangeRecord[] = [];
  const cells = before?.cells;
  if (isOther || !cells || cellsOf(state, row).some((steps, column) => steps !== cells[column])) {
    records.push(positionRecord(state, row, seq));
  }
  const decimals = state.skus[state.positions.skuOf(row)]?.decimals ?? 0;
  for (const channel of state.territory.channels.values()) {
    const available = nodeOf(state, row, channel);
    if (available === undefined) continue;
    const change = { before: before?.available.get(channel.index), after: available };
    if (!isOther && !isDisclosedChange(change, channel, decimals)) continue;
    records.push(nodeAvailabilityRecord(state, { row, channel, available }, seq));
  }
  return records;
}

function rowsOf({ positions }: LedgerState, sku: number): readonly number[] {
  const rows: number[] = [];
  for (let row = positions.firstOfSku(sku); row !== NONE; row = positions.nextOfSku(row)) rows.push(row);
  return rows;
}

function touchedRows({ positions }: LedgerState, sku: number, before: Before): readonly number[] {
  return [...before.positions.keys()].map((location) => positions.find(sku, location)).filter((row) => row !== NONE);
}

/** Every figure that a position record tells. */
function cellsOf({ positions, supply }: LedgerState, row: number): readonly number[] {
  const cells = Array.from({ length: COLUMNS }, (_, column) => positions.get(row, column));
  const at = [positions.skuOf(row), positions.locationOf(row)] as const;
  return [...cells, supply.total(...at, 'ON_ORDER'), supply.total(...at, 'IN_TRANSIT')];
}

function nodesOf(state: LedgerState, row: number): ReadonlyMap<number, number> {
  const available = new Map<number, number>();
  for (const channel of state.territory.channels.values()) {
    const node = nodeOf(state, row, channel);
    if (node !== undefined) available.set(channel.index, node);
  }
  return available;
}

/** What a location contributes to a channel; undefined when it lies in another network. Out of sale is nothing. */
export function nodeOf(state: LedgerState, row: number, channel: ChannelRecord): number | undefined {
  const network = state.territory.networkOf(channel);
  if (!state.territory.includes(network, state.positions.locationOf(row))) return undefined;
  return nodeAvailableOf(state, row, channel.id) ?? 0;
}
