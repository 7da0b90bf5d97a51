import type { CancelTimer } from '../../../kernel/ports/clock.ts';
import type { Versioned } from '../../../kernel/ports/documents.ts';
import { withNextPrice } from '../domain/next-price.ts';
import { isChange } from '../domain/sku-change.ts';
import type { SkuRecord } from '../domain/sku-record.ts';
import type { RegistrationParts } from './register-items.ts';
import { replaceDocument } from './replace-document.ts';
import { skuPublicationOf } from './sku-publications.ts';

export interface PriceTimer {
  /** Looks again when a price may begin to apply earlier than was known. */
  hear(record: SkuRecord): void;
  /** Ends it and waits for what is under way. */
  stop(): Promise<void>;
}

/**
 * Tells that a price has begun or ended, at its time and once, also after a restart and with several processes: the
 * document decides who tells it.
 */
export function startPriceTimer(parts: RegistrationParts): PriceTimer {
  const { clock, telemetry } = parts.platform;
  let cancel: CancelTimer = () => undefined;
  let dueMs = Infinity;
  let isStopped = false;
  let running: Promise<void>;

  const lookAt = (atMs: number): void => {
    if (isStopped || atMs >= dueMs) return;
    cancel();
    dueMs = atMs;
    cancel = clock.after(Math.max(0, atMs - clock.nowMs()), () => {
      running = look();
    });
  };
  const look = async (): Promise<void> => {
    dueMs = Infinity;
    // Other processes register prices as well, so there is always a next look.
    let nextMs = clock.nowMs() + parts.limits.priceLookMs;
    try {
      nextMs = Math.min(nextMs, (await tellDue(parts)) ?? Infinity);
    } catch (error) {
      telemetry.log('warn', 'prices that begin to apply could not be told', { error: String(error) });
    }
    lookAt(nextMs);
  };

  running = look();
  return {
    hear: ({ nextPriceAtMs: atMs }) => atMs !== undefined && lookAt(atMs),
    stop: async () => {
      isStopped = true;
      cancel();
      await running;
    },
  };
}

/** Rounds of one look; what is left then is looked for again a while later. */
const ROUNDS_MAX = 1_000;

/** @returns when the next price begins or ends, that of what was told included */
async function tellDue(parts: RegistrationParts): Promise<number | undefined> {
  const { store, platform, limits } = parts;
  for (let round = 1; ; round++) {
    const nowMs = platform.clock.nowMs();
    const [next] = await store.skus.find({
      where: { nextPriceAtMs: { gt: nowMs } },
      orderBy: { path: 'nextPriceAtMs', direction: 'asc' },
      limit: 1,
    });
    const due = await store.skus.find({ where: { nextPriceAtMs: { lte: nowMs } }, limit: limits.pricesPerLookMax });
    await Promise.all(due.map((row) => tellOne(parts, row)));
    if (due.length === 0 || round >= ROUNDS_MAX) return next?.document.nextPriceAtMs;
  }
}

async function tellOne({ store, platform, limits }: RegistrationParts, known: Versioned<SkuRecord>): Promise<void> {
  const target = { id: known.document.id, known, attemptsMax: limits.saveAttemptsMax };
  await replaceDocument(store.skus, target, (current) => {
    const nowMs = platform.clock.nowMs();
    if (!current || !isChange(current, nowMs, current)) return { result: undefined };
    const correlationId = platform.ids.next();
    const outbox = [skuPublicationOf(current, { ...platform, correlationId })];
    return { result: undefined, next: withNextPrice(current, nowMs), outbox };
  });
}
