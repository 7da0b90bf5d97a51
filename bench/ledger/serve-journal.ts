import { openEmbeddedPlatform } from '../../kernel/adapters/embedded/open-embedded-platform.ts';
import { INVENTORY_LIMITS } from '../../subgraphs/inventory/app/inventory-limits.ts';
import { Ledger } from '../../subgraphs/inventory/app/ledger.ts';
import type { LedgerCommand } from '../../subgraphs/inventory/domain/ledger-command.ts';
import { measuredArgument, serveMeasured } from '../measure/measured-process.ts';
import { masterData, openingReceipts, reservation, scattered, skuIdOf } from './shop-floor.ts';

export interface ServeJournalArgument {
  readonly directory: string;
}

export interface OpenedLedger {
  readonly openMs: number;
  readonly positions: number;
  readonly seq: number;
  readonly residentBytes: number;
}

export interface LogContent {
  readonly batches: number;
  readonly events: number;
  /** Movement lines and reserved lines: each changes one figure of one position or network. */
  readonly lines: number;
}

const IN_FLIGHT_MAX = 1_000;

/* The ledger over its log on disk, without anything that is fed by it. */
const { directory } = measuredArgument() as ServeJournalArgument;
const platform = await openEmbeddedPlatform({ directory });
const startedMs = performance.now();
const ledger = await Ledger.open(platform, INVENTORY_LIMITS);
const openMs = performance.now() - startedMs;

serveMeasured('', {
  opened: (): OpenedLedger => ({
    openMs,
    positions: ledger.state.positions.size,
    seq: ledger.seq,
    residentBytes: process.memoryUsage().rss,
  }),
  fill: async ({ skuCount }: { readonly skuCount: number }) => {
    await executeAll(masterData(skuCount));
    await executeAll(openingReceipts(skuCount, platform.clock.nowMs()));
  },
  reserve: ({ skuCount, times }: { readonly skuCount: number; readonly times: number }) =>
    executeAll(reservations(skuCount, times)),
  content,
  /** Saves a snapshot. @returns how long it took, milliseconds */
  close: async () => {
    const closedMs = performance.now();
    await ledger.close();
    return performance.now() - closedMs;
  },
});

function* reservations(skuCount: number, times: number): Generator<LedgerCommand> {
  const next = scattered(skuCount);
  for (let index = 0; index < times; index++) yield reservation(platform.ids.next(), skuIdOf(next()));
}

async function executeAll(commands: Generator<LedgerCommand>): Promise<void> {
  const caller = async () => {
    for (const command of commands) await ledger.execute(command, { commandId: platform.ids.next() });
  };
  await Promise.all(Array.from({ length: IN_FLIGHT_MAX }, caller));
}

async function content(): Promise<LogContent> {
  const counted = { batches: 0, events: 0, lines: 0 };
  for await (const { events } of ledger.history(0)) {
    counted.batches++;
    counted.events += events.length;
    for (const event of events) {
      if (event.type === 'stock-moved' || event.type === 'stock-reserved') counted.lines += event.lines.length;
    }
  }
  return counted;
}
