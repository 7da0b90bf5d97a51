import { awaitsUpdate } from '../../model/read-told.ts';
import type { ConsumerOptions } from '../../ports/streams.ts';
import { backoffMs } from '../embedded/backoff.ts';
import { errorText } from '../embedded/error-text.ts';
import { KeyOrder } from '../embedded/key-order.ts';
import type { MessagePlace } from '../embedded/stream-table.ts';
import type { ConsumerRecords, SavedRecord } from './consumer-records.ts';
import type { DeadLetterBox } from './dead-letter-box.ts';
import { DeliveredPlaces } from './delivered-places.ts';
import { watchFloor } from './watch-floor.ts';
import { KeptMessages } from './kept-messages.ts';
import type { NatsConnection } from './nats-connection.ts';
import { ProgressSaver } from './progress-saver.ts';
import { rest } from './rest.ts';
import type { StoredMessages } from './stored-messages.ts';
import { subjectOfType } from './stream-names.ts';
import { StreamReader } from './stream-reader.ts';

export interface ActiveConsumerParts {
  readonly connection: NatsConnection;
  readonly options: ConsumerOptions;
  readonly messages: StoredMessages;
  readonly records: ConsumerRecords;
  readonly letters: DeadLetterBox;
  readonly key: string;
  readonly saved: SavedRecord;
}

const LOOK_AGAIN_MS = 500;
/** Failures after which the wait is as long as it gets. */
const LAST_BACKOFF = 31;

/** Delivers while this process is the one that does. What it was through with is saved as it goes. */
export class ActiveConsumer {
  readonly #parts: ActiveConsumerParts;
  readonly #labels: { readonly stream: string; readonly durable: string };
  readonly #places: DeliveredPlaces;
  readonly #failures: Map<number, number>;
  readonly #kept: KeptMessages;
  readonly #saver: ProgressSaver;
  readonly #reader: StreamReader;
  readonly #order = new KeyOrder();
  readonly #handling = new Set<Promise<void>>();
  readonly #forgetting = new Set<Promise<void>>();
  readonly #replaying = new Set<number>();
  readonly #backoffs = new Set<() => void>();
  readonly #end = new AbortController();
  #mayHaveMore = true;
  #isHungry = true;
  #pumpScheduled = false;
  #woken = Promise.withResolvers<void>();

  constructor(parts: ActiveConsumerParts) {
    const { connection, options, messages, saved, records, key } = parts;
    const { types = [] } = options;
    this.#parts = parts;
    this.#labels = { stream: options.stream, durable: options.durable };
    this.#places = new DeliveredPlaces(saved.record);
    this.#failures = new Map(saved.record.failures);
    this.#kept = new KeptMessages(connection.parts.limits.consumerKeptBytesMax);
    // Servers before 2.10 filter by one subject at most; what was not asked for is skipped here.
    const canFilter = types.length === 1 || connection.serverIsAtLeast('2.10.0');
    this.#reader = new StreamReader(connection, {
      stream: messages.names.stream,
      afterSeq: saved.record.floor,
      ...(canFilter && { subjects: types.map((type) => subjectOfType(messages.names, type)) }),
    });
    this.#saver = new ProgressSaver({
      records,
      key,
      revision: saved.revision,
      take: () => ({
        ...this.#places.remember(),
        failures: [...this.#failures],
        epoch: saved.record.epoch,
        ...(options.types && { types: options.types }),
      }),
      onDeposed: () => this.#end.abort(),
      onFailure: (error) => this.#saveLater(error),
    });
  }

  /** Resolves when the signal fires or somebody else has become the one; handlers under way have ended by then. */
  async run(signal: AbortSignal): Promise<void> {
    const stop = (): void => this.#end.abort();
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    this.#end.signal.addEventListener('abort', () => this.#woken.resolve(), { once: true });
    const stopWatching = watchFloor(this.#parts.connection.parts, this.#places, this.#labels);
    try {
      await this.loadReplays();
      while (!this.#end.signal.aborted) await this.#look();
    } finally {
      signal.removeEventListener('abort', stop);
      stopWatching();
      await this.#finishUp();
    }
  }

  /** Something was published. */
  wake(): void {
    this.#mayHaveMore = true;
    this.#woken.resolve();
  }

  /** Dead letters may have to be delivered again. */
  async loadReplays(): Promise<void> {
    const { letters, messages } = this.#parts;
    const { stream, durable } = this.#labels;
    for (const { seq, state } of await letters.list(stream, durable)) {
      if (state !== 'replay' || this.#replaying.has(seq)) continue;
      const message = await messages.get(seq, 1);
      if (!message) continue;
      this.#failures.delete(seq);
      this.#replaying.add(seq);
      this.#order.add({ seq, key: message.envelope.key });
    }
    this.#schedulePump();
  }

  async lag(): Promise<number> {
    const { messages, options } = this.#parts;
    const done = this.#places.doneBeyondFloor;
    const replaying = this.#replaying.size;
    return (await messages.countAfter(this.#places.floor, options.types)) - done + replaying;
  }

  /** Waits until there is room and somebody may be handed more, then looks for more. */
  async #look(): Promise<void> {
    const { limits, clock, telemetry } = this.#parts.connection.parts;
    const room = limits.consumerOutstandingMax - this.#places.outstanding;
    if (!this.#isHungry || !this.#mayHaveMore || room <= 0) {
      await this.#woken.promise;
      this.#woken = Promise.withResolvers();
      return;
    }
    try {
      // Whoever publishes from here on says so.
      this.#mayHaveMore = false;
      if (await this.#lookUp(Math.min(room, limits.pageMessages))) this.#mayHaveMore = true;
    } catch (error) {
      telemetry.log('warn', 'a consumer could not read', { ...this.#labels, error: errorText(error) });
      this.#mayHaveMore = true;
      await rest(clock, LOOK_AGAIN_MS, this.#end.signal);
    }
  }

  /** @returns whether there was something */
  async #lookUp(max: number): Promise<boolean> {
    const { messages, options } = this.#parts;
    const page = await this.#reader.next(max);
    for (const stored of page) {
      const { delivery: _, ...message } = messages.toMessage(stored, 1);
      if (options.types && !options.types.includes(message.envelope.type)) continue;
      if (!this.#places.scan(message.seq)) continue;
      this.#kept.add(message, stored.data.length);
      this.#order.add({ seq: message.seq, key: message.envelope.key });
    }
    if (page.length > 0) this.#schedulePump();
    return page.length > 0;
  }

  /** Never in the turn of whoever asks, so that quick handlers cannot starve the event loop. */
  #schedulePump(): void {
    if (this.#pumpScheduled || this.#end.signal.aborted) return;
    this.#pumpScheduled = true;
    this.#isHungry = false;
    setImmediate(() => {
      this.#pumpScheduled = false;
      if (!this.#end.signal.aborted) this.#pump();
    });
  }

  #pump(): void {
    while (this.#handling.size < this.#parts.options.concurrencyMax) {
      const place = this.#order.take();
      if (!place) {
        this.#isHungry = true;
        this.#woken.resolve();
        return;
      }
      const handling = this.#deliver(place).finally(() => {
        this.#handling.delete(handling);
        this.#schedulePump();
      });
      this.#handling.add(handling);
    }
  }

  async #deliver(place: MessagePlace): Promise<void> {
    const { messages, options } = this.#parts;
    const delivery = (this.#failures.get(place.seq) ?? 0) + 1;
    try {
      const kept = this.#kept.get(place.seq);
      const message = kept ? { ...kept, delivery } : await messages.get(place.seq, delivery);
      if (message) await options.handle(message);
      this.#finish(place);
    } catch (error) {
      await this.#fail(place, delivery, error);
    }
  }

  #finish({ seq, key }: MessagePlace, isDead = false): void {
    this.#failures.delete(seq);
    this.#kept.delete(seq);
    if (this.#replaying.delete(seq) && !isDead) this.#forgetReplay(seq);
    this.#places.finish(seq);
    this.#order.finish(key);
    this.#saver.save();
  }

  #forgetReplay(seq: number): void {
    const { letters, connection } = this.#parts;
    const forgetting = letters
      .forget({ ...this.#labels, seq })
      .catch((error: unknown) => {
        const fields = { ...this.#labels, seq, error: errorText(error) };
        connection.parts.telemetry.log('warn', 'a replayed dead letter could not be forgotten', fields);
      })
      .finally(() => this.#forgetting.delete(forgetting));
    this.#forgetting.add(forgetting);
  }

  async #fail(place: MessagePlace, delivery: number, error: unknown): Promise<void> {
    const { options, connection } = this.#parts;
    const { telemetry } = connection.parts;
    const { seq } = place;
    if (awaitsUpdate(error)) return this.#waitForUpdate(place, error);
    this.#failures.set(seq, delivery);
    telemetry.count('stream_delivery_failures_total', this.#labels);
    telemetry.log('warn', 'a delivery failed', { ...this.#labels, seq, delivery, error: errorText(error) });
    if (delivery >= options.deliveriesMax && (await this.#bury(seq, delivery, error))) {
      this.#finish(place, true);
      return;
    }
    this.#saver.save();
    this.#retryLater(place, delivery);
  }

  /** Nothing is wrong with it: it counts as no failure, and keeps its place until a process that was updated delivers it. */
  #waitForUpdate(place: MessagePlace, error: unknown): void {
    const { telemetry } = this.#parts.connection.parts;
    const { seq } = place;
    telemetry.count('stream_deliveries_awaiting_update_total', this.#labels);
    telemetry.log('error', 'a message waits for an updated process', {
      ...this.#labels,
      seq,
      error: errorText(error),
    });
    this.#retryLater(place, LAST_BACKOFF);
  }

  /** @returns whether the dead letter is durable */
  async #bury(seq: number, deliveries: number, error: unknown): Promise<boolean> {
    const { letters, connection } = this.#parts;
    const { telemetry, clock } = connection.parts;
    telemetry.count('stream_dead_letters_total', this.#labels);
    try {
      await letters.bury({ ...this.#labels, seq, deliveries, error: errorText(error), diedAtMs: clock.nowMs() });
      return true;
    } catch (failure) {
      const fields = { ...this.#labels, seq, error: errorText(failure) };
      telemetry.log('error', 'a dead letter could not be saved', fields);
      return false;
    }
  }

  #retryLater({ seq, key }: MessagePlace, failures: number): void {
    const { options } = this.#parts;
    const { backoffMinMs: minMs, backoffMaxMs: maxMs } = options;
    this.#later(backoffMs(failures, `${options.durable}/${seq}`, { minMs, maxMs }), () => {
      this.#order.retry(key);
      this.#schedulePump();
    });
  }

  #saveLater(error: unknown): void {
    const { telemetry } = this.#parts.connection.parts;
    telemetry.log('error', 'a consumer could not save', { ...this.#labels, error: errorText(error) });
    this.#later(LOOK_AGAIN_MS, () => this.#saver.save());
  }

  #later(delayMs: number, run: () => void): void {
    if (this.#end.signal.aborted) return;
    const cancel = this.#parts.connection.parts.clock.after(delayMs, () => {
      this.#backoffs.delete(cancel);
      run();
    });
    this.#backoffs.add(cancel);
  }

  async #finishUp(): Promise<void> {
    this.#end.abort();
    for (const cancel of this.#backoffs) cancel();
    this.#backoffs.clear();
    await Promise.all(this.#handling);
    await Promise.all(this.#forgetting);
    await this.#saver.settle();
    await this.#reader.close();
  }
}
