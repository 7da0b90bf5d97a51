import type { ChangeMessage, ChangeRecord } from '../../kernel/ports/change-feed.ts';
import { availabilityChanged } from '../../schema/events/inventory.ts';

export const CHANNEL_ID = 'WEB-UK';

/** What every client subscribes to. */
export const SUBSCRIPTION = /* GraphQL */ `
  subscription Availability($channel: ID!, $skus: [ID!], $after: ChangeCursor) {
    availabilityChanged(channel: $channel, skus: $skus, after: $after) {
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

/** How many different subscriptions there are, and of how many SKUs each; no SKU is in two of them. */
export interface Interests {
  readonly groups: number;
  readonly skusEach: number;
}

export const skuIdOf = (index: number): string => `SKU-${index}`;

export const skuCountOf = ({ groups, skusEach }: Interests): number => groups * skusEach;

/** The SKUs of one subscription. */
export function skuIdsOf({ groups, skusEach }: Interests, group: number): readonly string[] {
  const first = (group % groups) * skusEach;
  return Array.from({ length: skusEach }, (_, index) => skuIdOf(first + index));
}

/** How a server is asked to make changes. */
export interface PublishArgument {
  readonly events: number;
  readonly changesPerEvent: number;
  readonly perSecond: number;
}

/**
 * The change log that all servers follow: SKU after SKU, and the quantity of a change is its number since the
 * beginning, so that a client sees at once when one is missing, doubled or out of order.
 */
export class ChangeScript {
  readonly #context = availabilityChanged.context;
  readonly #newest: ChangeRecord[];
  readonly epoch = 'bench0';
  #seq = 0;
  #changes = 0;

  constructor(skuCount: number) {
    this.#newest = Array.from({ length: skuCount }, (_, index) => recordOf({ index, version: 0, available: '0' }));
  }

  get seq(): number {
    return this.#seq;
  }

  /** The newest record of each SKU, or of those that are named. */
  snapshot(skuIds?: readonly string[]): readonly ChangeRecord[] {
    if (!skuIds) return [...this.#newest];
    return skuIds.flatMap((id) => this.#newest[Number(id.slice('SKU-'.length))] ?? []);
  }

  next(changes: number): ChangeMessage {
    const prevSeq = this.#seq++;
    const records = Array.from({ length: changes }, () => this.#change());
    return { context: this.#context, epoch: this.epoch, seq: this.#seq, prevSeq, records };
  }

  #change(): ChangeRecord {
    const index = this.#changes % this.#newest.length;
    const record = recordOf({ index, version: this.#seq, available: String(this.#changes++) });
    this.#newest[index] = record;
    return record;
  }
}

/** What a publisher that was held up makes in one turn, so that no key changes twice in it. */
const LATE_MS_MAX = 10;

/**
 * Makes events at a steady rate; those that are due at once are made in one turn.
 * @returns when each was made, in epoch milliseconds
 */
export async function publishPaced(
  { events, changesPerEvent, perSecond }: PublishArgument,
  publish: (changes: number) => void,
): Promise<readonly number[]> {
  const publishedAtMs: number[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const startedMs = performance.now();
  const eventsPerTurn = Math.ceil((perSecond * LATE_MS_MAX) / 1_000);
  const timer = setInterval(
    () => {
      const dueByNow = Math.ceil(((performance.now() - startedMs) * perSecond) / 1_000);
      const due = Math.min(events, dueByNow, publishedAtMs.length + eventsPerTurn);
      const nowMs = performance.timeOrigin + performance.now();
      while (publishedAtMs.length < due) {
        publishedAtMs.push(nowMs);
        publish(changesPerEvent);
      }
      if (publishedAtMs.length === events) resolve();
    },
    Math.max(1, 1_000 / perSecond),
  );
  await promise;
  clearInterval(timer);
  return publishedAtMs;
}

function recordOf({
  index,
  version,
  available,
}: {
  readonly index: number;
  readonly version: number;
  readonly available: string;
}): ChangeRecord {
  const sku = skuIdOf(index);
  const value = { sku, channel: CHANNEL_ID, categories: ['shirts'], available, band: 'OK' };
  return { event: availabilityChanged.type, key: `${sku}|${CHANNEL_ID}`, version, value };
}
