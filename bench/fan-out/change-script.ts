import type { ChangeMessage, ChangeRecord } from '../../kernel/ports/change-feed.ts';
import { availabilityChanged } from '../../schema/events/inventory.ts';

export const CHANNEL_ID = 'WEB-UK';
const SKU_COUNT = 100;
export const SKU_IDS: readonly string[] = Array.from({ length: SKU_COUNT }, (_, index) => `SKU-${index}`);

/** What every client subscribes to. */
export const SUBSCRIPTION = /* GraphQL */ `
  subscription Availability($channel: ID!, $skus: [ID!]) {
    availabilityChanged(channel: $channel, skus: $skus) {
      cursor
      reset
      changes {
        key
        version
        deleted
        sku {
          id
        }
        available
        band
      }
    }
  }
`;

/** How a server is asked to make changes. */
export interface PublishArgument {
  readonly events: number;
  readonly changesPerEvent: number;
  readonly intervalMs: number;
}

/**
 * The change log that both servers follow: SKU after SKU, and the quantity of a change is its number since the
 * beginning, so that a client sees at once when one is missing, doubled or out of order.
 */
export class ChangeScript {
  readonly #context = availabilityChanged.context;
  readonly #newest = new Map<string, ChangeRecord>();
  readonly epoch = 'bench0';
  #seq = 0;
  #changes = 0;

  constructor() {
    for (const sku of SKU_IDS) this.#newest.set(sku, recordOf({ sku, version: 0, available: '0' }));
  }

  get seq(): number {
    return this.#seq;
  }

  snapshot(): readonly ChangeRecord[] {
    return [...this.#newest.values()];
  }

  next(changes: number): ChangeMessage {
    const prevSeq = this.#seq++;
    const records = Array.from({ length: changes }, () => this.#change());
    return { context: this.#context, epoch: this.epoch, seq: this.#seq, prevSeq, records };
  }

  #change(): ChangeRecord {
    const sku = SKU_IDS[this.#changes % SKU_COUNT] ?? '';
    const record = recordOf({ sku, version: this.#seq, available: String(this.#changes++) });
    this.#newest.set(sku, record);
    return record;
  }
}

/**
 * Makes events at a steady pace.
 * @returns when each was made, in epoch milliseconds
 */
export async function publishPaced(
  { events, changesPerEvent, intervalMs }: PublishArgument,
  publish: (changes: number) => void,
): Promise<readonly number[]> {
  const publishedAtMs: number[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setInterval(() => {
    publishedAtMs.push(performance.timeOrigin + performance.now());
    publish(changesPerEvent);
    if (publishedAtMs.length === events) resolve();
  }, intervalMs);
  await promise;
  clearInterval(timer);
  return publishedAtMs;
}

function recordOf({
  sku,
  version,
  available,
}: {
  readonly sku: string;
  readonly version: number;
  readonly available: string;
}): ChangeRecord {
  const value = { sku, channel: CHANNEL_ID, categories: ['shirts'], available, band: 'OK' };
  return { event: availabilityChanged.type, key: `${sku}|${CHANNEL_ID}`, version, value };
}
