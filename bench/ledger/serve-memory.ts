import { isRefusal } from '../../kernel/model/errors.ts';
import { availableOf, channelTermsOf, nodeTermsOf } from '../../subgraphs/inventory/domain/availability.ts';
import { decide } from '../../subgraphs/inventory/domain/decide.ts';
import { evolve } from '../../subgraphs/inventory/domain/evolve.ts';
import type { LedgerCommand } from '../../subgraphs/inventory/domain/ledger-command.ts';
import { createLedgerState, type LedgerState } from '../../subgraphs/inventory/domain/ledger-state.ts';
import type { ChannelRecord } from '../../subgraphs/inventory/domain/sales-territory.ts';
import { measuredArgument, serveMeasured } from '../measure/measured-process.ts';
import {
  CHANNEL_ID,
  LOCATION_COUNT,
  locationIdOf,
  masterData,
  openingReceipts,
  reservation,
  safetyStock,
  scattered,
  skuIdOf,
  storeSale,
} from './shop-floor.ts';

/** Positions of the ledger by size. */
export interface ServeMemoryArgument {
  readonly skuCounts: readonly number[];
}

export interface RoundArgument {
  readonly size: number;
  readonly times: number;
}

/** Nanoseconds each. */
export interface MemoryRound {
  readonly reservationNs: number;
  readonly saleNs: number;
  readonly nodeNs: number;
  readonly channelNs: number;
  /** Without the terms of each location. */
  readonly availableNs: number;
}

export interface MemoryLayout {
  readonly positions: number;
  /** Typed arrays as they have grown, with their slack. */
  readonly arrayBytes: number;
  readonly heapBytes: number;
}

/* The ledger's domain without any I/O. */
const NOW_MS = Date.UTC(2026, 0, 5, 9);
/** Texts as they come in requests, made before the clock runs. */
const TEXTS = 65_536;

let ordinal = 0;
const moment = { nowMs: NOW_MS, nextId: () => `00000000-0000-7000-8000-${String(++ordinal).padStart(12, '0')}` };

const { skuCounts } = measuredArgument() as ServeMemoryArgument;
const layouts: MemoryLayout[] = [];
const states = skuCounts.map((skuCount) => fill(skuCount));
serveMeasured('', {
  layouts: () => layouts,
  setRules: () => {
    for (const state of states) apply(state, safetyStock());
  },
  round: ({ size, times }: RoundArgument): MemoryRound => {
    const state = states[size] as LedgerState;
    const skuCount = skuCounts[size] as number;
    return { ...eventCosts(state, skuCount, times), ...lookUpCosts(state, skuCount, times * 10) };
  },
});

function fill(skuCount: number): LedgerState {
  const before = memory();
  const state = createLedgerState();
  for (const command of masterData(skuCount)) apply(state, command);
  for (const command of openingReceipts(skuCount, NOW_MS)) apply(state, command);
  const after = memory();
  layouts.push({
    positions: state.positions.size,
    arrayBytes: after.arrayBuffers - before.arrayBuffers,
    heapBytes: after.heapUsed - before.heapUsed,
  });
  return state;
}

function memory(): NodeJS.MemoryUsage {
  globalThis.gc?.();
  return process.memoryUsage();
}

/** @throws when the command is refused: what is refused costs something else */
function apply(state: LedgerState, command: LedgerCommand): void {
  const decision = decide(state, command, moment);
  if (isRefusal(decision)) throw new Error(`${command.type} was refused: ${decision.message}`);
  for (const event of decision.events) evolve(state, event, ++ordinal);
}

function eventCosts(state: LedgerState, skuCount: number, times: number) {
  const nextSku = scattered(skuCount);
  const nextLocation = scattered(LOCATION_COUNT);
  const reservations = Array.from({ length: times }, () => reservation(moment.nextId(), skuIdOf(nextSku())));
  const sales = Array.from({ length: times }, () =>
    storeSale(moment.nextId(), {
      sku: skuIdOf(nextSku()),
      location: locationIdOf(nextLocation()),
      occurredAtMs: NOW_MS,
    }),
  );
  return {
    reservationNs: nanosecondsEach(times, (index) => apply(state, reservations[index] as LedgerCommand)),
    saleNs: nanosecondsEach(times, (index) => apply(state, sales[index] as LedgerCommand)),
  };
}

function lookUpCosts(state: LedgerState, skuCount: number, times: number) {
  const nextSku = scattered(skuCount);
  const nextLocation = scattered(LOCATION_COUNT);
  const skus = Array.from({ length: TEXTS }, () => skuIdOf(nextSku()));
  const locations = Array.from({ length: TEXTS }, () => locationIdOf(nextLocation()));
  const channel = state.territory.channels.get(CHANNEL_ID) as ChannelRecord;
  let sum = 0;
  const nodeNs = nanosecondsEach(times, (index) => {
    const sku = state.skuIds.find(skus[index % TEXTS] as string) as number;
    const location = state.locationIds.find(locations[index % TEXTS] as string) as number;
    sum += nodeTermsOf(state, state.positions.find(sku, location), CHANNEL_ID)?.available ?? 0;
  });
  const channelNs = nanosecondsEach(times / LOCATION_COUNT, (index) => {
    const sku = state.skuIds.find(skus[index % TEXTS] as string) as number;
    sum += channelTermsOf(state, sku, channel).available;
  });
  const availableNs = nanosecondsEach(times / LOCATION_COUNT, (index) => {
    sum += availableOf(state, state.skuIds.find(skus[index % TEXTS] as string) as number, channel);
  });
  if (sum <= 0) throw new Error('Nothing is available.');
  return { nodeNs, channelNs, availableNs };
}

function nanosecondsEach(times: number, run: (index: number) => void): number {
  const startedMs = performance.now();
  for (let index = 0; index < times; index++) run(index);
  return ((performance.now() - startedMs) * 1e6) / times;
}
