import type { Platform } from '../../kernel/ports/platform.ts';
import type { Reserver } from './reserver.ts';
import { locationFacts, receiptFacts, skuFacts } from './stock-facts.ts';

const MESSAGES_PER_COMMIT = 5_000;
const WAIT_MS = 100;
const TIMEOUT_MS = 60_000;

/** Brings the stock in by the way of all facts and waits until all of it may be sold. */
export async function openStock(
  platform: Platform,
  reserver: Reserver,
  stock: ReadonlyMap<string, number>,
): Promise<void> {
  await publish(platform, locationFacts(platform));
  await publish(platform, skuFacts(platform, stock.keys()));
  // Receipts of SKUs that are not registered yet would be put aside and tried again for each of them.
  await until(async () => (await reserver.available()).size === stock.size);
  await publish(platform, receiptFacts(platform, stock));
  await until(async () => isThere(await reserver.available(), stock));
}

async function until(isDone: () => Promise<boolean>): Promise<void> {
  const endsMs = performance.now() + TIMEOUT_MS;
  while (!(await isDone())) {
    if (performance.now() > endsMs) throw new Error('The opening stock is not there in time.');
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
}

function isThere(available: ReadonlyMap<string, number>, stock: ReadonlyMap<string, number>): boolean {
  for (const [sku, units] of stock) if (available.get(sku) !== units) return false;
  return true;
}

async function publish(platform: Platform, publications: ReturnType<typeof skuFacts>): Promise<void> {
  for (let first = 0; first < publications.length; first += MESSAGES_PER_COMMIT) {
    const messages = publications.slice(first, first + MESSAGES_PER_COMMIT);
    await platform.streams.publishAll(messages[0]?.stream ?? '', messages);
  }
}
