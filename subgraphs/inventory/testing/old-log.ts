import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { availabilityOf, channelOf } from '../app/availability-query.ts';
import { positionOf } from '../app/position-query.ts';
import { MemoryLedger } from './memory-ledger.ts';
import { RandomTrade, TRADE_CHANNELS, TRADE_LOCATIONS, TRADE_SKUS, tradeStep } from './random-trade.ts';

/* Logs as released versions wrote them, each with what the ledger said then. They are never written again. */
const FOLDER = join(import.meta.dirname, 'old-logs');
const STEPS = 120;

export interface OldLog {
  /** The version that wrote it. */
  readonly version: string;
  /** Each batch as JSON. */
  readonly batches: readonly string[];
  readonly told: unknown;
}

export function readOldLogs(): readonly OldLog[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.jsonl'))
    .map((file) => {
      const [told = '', ...batches] = readFileSync(join(FOLDER, file), 'utf8').trimEnd().split('\n');
      return { version: basename(file, '.jsonl'), batches, told: JSON.parse(told) as unknown };
    });
}

/** What may be sold and what is where, as anybody who asks is told. */
export function tellOf({ ledger }: MemoryLedger) {
  const { state, seq } = ledger;
  const sold = Object.keys(TRADE_CHANNELS).flatMap((id) =>
    TRADE_SKUS.map((sku) => {
      const answer = availabilityOf(state, { sku, channel: channelOf(state, id) }, seq);
      return [id, sku, answer?.available, answer?.nodes.map(({ location, available }) => [location, available])];
    }),
  );
  const held = TRADE_LOCATIONS.flatMap((location) =>
    TRADE_SKUS.map((sku) => [location, sku, positionOf(state, { sku, location }, seq)]),
  );
  return JSON.parse(JSON.stringify({ seq, sold, held })) as object;
}

/** Writes what the present code makes of some trade: once, at the release of a version. */
export async function writeOldLog(version: string, seed: number): Promise<void> {
  const stock = await new MemoryLedger().open();
  const trade = new RandomTrade(stock.clock);
  await trade.begin(stock.ledger);
  for (const step of fc.sample(tradeStep, { numRuns: STEPS, seed })) await trade.run(stock.ledger, step);
  mkdirSync(FOLDER, { recursive: true });
  const lines = [JSON.stringify(tellOf(stock)), ...stock.log.batches];
  writeFileSync(join(FOLDER, `${version}.jsonl`), `${lines.join('\n')}\n`, { flag: 'wx' });
  await stock.ledger.close();
}
