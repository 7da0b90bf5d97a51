import { createHash } from 'node:crypto';
import { Obstacle, Refusal } from '../../kernel/model/errors.ts';
import type { CancelTimer } from '../../kernel/ports/clock.ts';
import { DocumentConflict } from '../../kernel/ports/document-errors.ts';
import type { Platform } from '../../kernel/ports/platform.ts';
import type { EventTopic } from '../../schema/commands/outbound.ts';
import type { Outbound } from '../outbound/open-outbound.ts';
import { KEY_LENGTH_MAX } from '../outbound/port.ts';
import { LANE_OF_TOPIC, type CloudEvent } from './cloud-event.ts';
import type { ConsumerRegister, KeptConsumer, TopicCursor } from './consumer-register.ts';
import type { SubscriberLimits } from './subscriber-limits.ts';
import type { TopicSource } from './topic-source.ts';

export interface FeederParts {
  readonly consumer: KeptConsumer;
  readonly system: string;
  readonly topic: EventTopic;
  readonly source: TopicSource;
  readonly register: ConsumerRegister;
  readonly outbound: Pick<Outbound, 'submit' | 'waiting'>;
  readonly platform: Pick<Platform, 'clock' | 'ids' | 'telemetry'>;
  readonly limits: SubscriberLimits;
}

/**
 * Hands the events of one topic to the queue of one consumer, in order, and remembers how far it is. An event is in the
 * queue before the cursor passes it, so a crash repeats it under its key.
 */
export class ConsumerFeeder {
  readonly #parts: FeederParts;
  #cancel: CancelTimer = () => undefined;
  #stopWatching: () => void = () => undefined;
  #feeding: Promise<void> | undefined;
  #isStopped = false;
  #again = false;

  constructor(parts: FeederParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#stopWatching = this.#parts.source.watch(() => this.wake());
    this.wake();
  }

  wake(): void {
    if (this.#isStopped) return;
    if (this.#feeding) {
      this.#again = true;
      return;
    }
    this.#again = false;
    this.#cancel();
    this.#feeding = this.#feed().finally(() => {
      this.#feeding = undefined;
      if (this.#isStopped) return;
      if (this.#again) this.wake();
      else this.#cancel = this.#parts.platform.clock.after(this.#parts.limits.pollMs, () => this.wake());
    });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel();
    this.#stopWatching();
    await this.#feeding;
  }

  async #feed(): Promise<void> {
    const { consumer, topic, platform } = this.#parts;
    try {
      while (!this.#isStopped && (await this.#feedPage()));
      await this.#measure();
    } catch (error) {
      // What is in the way may be gone with the next round; a conflict is a replay that was asked for meanwhile.
      if (error instanceof DocumentConflict) this.#again = true;
      const level = error instanceof Obstacle ? 'info' : 'error';
      platform.telemetry.log(level, 'a consumer could not be fed', {
        consumer: consumer.id,
        topic,
        error: String(error),
      });
    }
  }

  /** @returns whether there is more to be handed over now */
  async #feedPage(): Promise<boolean> {
    const { register, consumer, topic, source, outbound, system, limits } = this.#parts;
    const { cursor, version } = await register.cursor(consumer.id, topic);
    if (cursor.seq < 0) {
      await register.move({ ...cursor, ...(await source.head()) }, version);
      return true;
    }
    if (outbound.waiting(system) >= limits.waitingMax) return false;
    const { events, epoch, seq, hasMore } = await source.read(cursor, consumer);
    for (const event of events) await this.#submit(event, cursor);
    if (epoch !== cursor.epoch || seq !== cursor.seq) await register.move({ ...cursor, epoch, seq }, version);
    return hasMore;
  }

  async #submit(event: CloudEvent, { generation }: TopicCursor): Promise<void> {
    const { outbound, system, topic, platform } = this.#parts;
    const command = {
      system,
      key: keyOf(`${topic}/${generation}/${event.id}`),
      name: 'deliver-event',
      lane: LANE_OF_TOPIC[topic],
      group: event.subject,
      ref: `event:${system}`,
      payload: event,
      correlationId: event.correlationid ?? platform.ids.next(),
    };
    await outbound.submit(command).catch((error: unknown) => {
      // The event is in the queue already: it was read before, when other changes were the newest and at another time.
      if (!(error instanceof Refusal && error.code === 'IDEMPOTENCY_KEY_REUSED')) throw error;
    });
  }

  async #measure(): Promise<void> {
    const { register, consumer, topic, source, outbound, system, platform } = this.#parts;
    const { cursor } = await register.cursor(consumer.id, topic);
    const labels = { consumer: consumer.id, topic };
    platform.telemetry.gauge('event_consumer_lag_events', await source.lag(cursor), labels);
    platform.telemetry.gauge('event_consumer_waiting_events', outbound.waiting(system), { consumer: consumer.id });
  }
}

/** Keys of a queue are bounded, and ids of events of state hold whatever they are of. */
function keyOf(text: string): string {
  if (text.length <= KEY_LENGTH_MAX) return text;
  const digest = createHash('sha256').update(text).digest('base64url');
  return `${text.slice(0, KEY_LENGTH_MAX - digest.length - 1)}…${digest}`;
}
