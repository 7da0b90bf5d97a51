import { hmacSha256 } from '../runtime/hmac.ts';
import type { SimulatorCore } from '../runtime/simulator.ts';
import type { WarehouseEvent, WarehouseEventType } from './warehouse-event.ts';

export interface WarehouseSubscription {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
}

/** Events kept per warehouse for pollers; older ones are gone. */
const EVENTS_MAX = 100_000;
const SUBSCRIPTIONS_MAX = 100;

/** Numbers every event of a warehouse, keeps it for pollers and pushes it to the subscribers. */
export class EventLog {
  readonly #core: SimulatorCore;
  readonly #accountId: string;
  readonly #events = new Map<string, WarehouseEvent[]>();
  readonly #sequences = new Map<string, number>();
  readonly #subscriptions = new Map<string, WarehouseSubscription>();

  constructor(core: SimulatorCore, warehouses: readonly string[], sequenceFrom: number) {
    this.#core = core;
    this.#accountId = core.ids.hex(12);
    for (const warehouse of warehouses) {
      this.#events.set(warehouse, []);
      this.#sequences.set(warehouse, sequenceFrom);
    }
  }

  append(warehouse: string, type: WarehouseEventType, data: WarehouseEvent['data']): WarehouseEvent {
    const sequence = this.head(warehouse) + 1;
    this.#sequences.set(warehouse, sequence);
    const event: WarehouseEvent = {
      message_id: this.#core.ids.uuid(),
      webhook_type: type,
      account_id: this.#accountId,
      warehouse,
      sequence,
      occurred_at: this.#core.nowIso(),
      data,
    };
    const kept = this.#events.get(warehouse) ?? [];
    kept.push(event);
    if (kept.length > EVENTS_MAX) kept.shift();
    for (const subscription of this.#subscriptions.values()) this.#push(subscription, event);
    return event;
  }

  /** Sequence of the newest event; before the first, the number that it will follow. */
  head(warehouse: string): number {
    return this.#sequences.get(warehouse) ?? 0;
  }

  /** Sequence of the oldest event that is kept. */
  oldest(warehouse: string): number {
    return this.#events.get(warehouse)?.[0]?.sequence ?? this.head(warehouse) + 1;
  }

  after(warehouse: string, sequence: number, limit: number): readonly WarehouseEvent[] {
    const kept = this.#events.get(warehouse) ?? [];
    const skipped = Math.max(0, sequence - this.oldest(warehouse) + 1);
    return kept.slice(skipped, skipped + limit);
  }

  /** @throws {RangeError} beyond 100 subscriptions. */
  subscribe(url: string, secret?: string): WarehouseSubscription {
    if (this.#subscriptions.size >= SUBSCRIPTIONS_MAX) throw new RangeError('too many webhooks');
    const subscription = { id: this.#core.ids.hex(24), url, secret: secret ?? this.#core.ids.hex(32) };
    this.#subscriptions.set(subscription.id, subscription);
    return subscription;
  }

  subscriptions(): readonly WarehouseSubscription[] {
    return [...this.#subscriptions.values()];
  }

  unsubscribe(id: string): boolean {
    return this.#subscriptions.delete(id);
  }

  #push({ url, secret }: WarehouseSubscription, event: WarehouseEvent): void {
    this.#core.sender.send({
      url,
      messageId: event.message_id,
      payload: event,
      encode: (payload) => {
        const body = JSON.stringify(payload);
        return {
          body,
          headers: {
            'content-type': 'application/json',
            'x-shiphero-hmac-sha256': hmacSha256(secret, body, 'base64'),
            'x-shiphero-message-id': event.message_id,
          },
        };
      },
    });
  }
}
