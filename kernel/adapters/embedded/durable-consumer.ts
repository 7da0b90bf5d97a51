import { awaitsUpdate } from '../../model/read-told.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Consumer, ConsumerOptions } from '../../ports/streams.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import { backoffMs } from './backoff.ts';
import type { ConsumerName, ConsumerTable } from './consumer-table.ts';
import { DeliveryProgress } from './delivery-progress.ts';
import type { EmbeddedLimits } from './embedded-limits.ts';
import { errorText } from './error-text.ts';
import type { GroupCommit } from './group-commit.ts';
import { KeyOrder } from './key-order.ts';
import type { MessagePlace, StreamTable } from './stream-table.ts';

export interface DurableConsumerParts {
  readonly options: ConsumerOptions;
  readonly messages: StreamTable;
  readonly consumers: ConsumerTable;
  readonly commits: GroupCommit;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly limits: EmbeddedLimits;
  onStop(): void;
}

/** Failures after which the wait is as long as it gets. */
const LAST_BACKOFF = 31;

/**
 * Delivers the messages of a stream to one handler. It sleeps until somebody wakes it: a publisher, a handler that
 * ended, or the end of a backoff.
 */
export class DurableConsumer implements Consumer {
  readonly #parts: DurableConsumerParts;
  readonly #name: ConsumerName;
  readonly #progress: DeliveryProgress;
  readonly #failures: Map<number, number>;
  readonly #order = new KeyOrder();
  readonly #handling = new Set<Promise<void>>();
  readonly #replaying = new Set<number>();
  readonly #backoffs = new Set<() => void>();
  /** Messages that are through and left rows of failures or replays behind. */
  #traces: number[] = [];
  #mayHaveMore = true;
  #pumpScheduled = false;
  #stopped = false;
  #saving: Promise<void> | undefined;
  #saveAgain = false;

  /** The durable must be registered. */
  constructor(parts: DurableConsumerParts) {
    const progress = parts.consumers.progress(parts.options);
    this.#parts = parts;
    this.#name = { stream: parts.options.stream, durable: parts.options.durable };
    this.#progress = new DeliveryProgress(progress);
    this.#failures = new Map(progress.failures);
    for (const seq of progress.replays) this.#enqueueReplay(seq);
    this.#schedulePump();
  }

  get stream(): string {
    return this.#name.stream;
  }

  /** Something was published. */
  wake(): void {
    this.#mayHaveMore = true;
    this.#schedulePump();
  }

  /** A dead letter of this consumer is to be delivered again; its rows are written already. */
  replay(seq: number): void {
    this.#failures.delete(seq);
    this.#enqueueReplay(seq);
    this.#schedulePump();
  }

  async lag(): Promise<number> {
    const { messages, options } = this.#parts;
    const { floor, doneBeyondFloor } = this.#progress;
    return messages.countAfter(floor, options.types) - doneBeyondFloor + this.#replaying.size;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const cancel of this.#backoffs) cancel();
    this.#backoffs.clear();
    await Promise.all(this.#handling);
    this.#save();
    while (this.#saving) {
      this.#parts.commits.hasten();
      await this.#saving;
    }
    this.#parts.onStop();
  }

  #enqueueReplay(seq: number): void {
    const message = this.#parts.messages.get(seq, 1);
    if (!message || this.#replaying.has(seq)) return;
    this.#replaying.add(seq);
    this.#order.add({ seq, key: message.envelope.key });
  }

  /** Never in the turn of whoever asks, so that quick handlers cannot starve the event loop. */
  #schedulePump(): void {
    if (this.#pumpScheduled || this.#stopped) return;
    this.#pumpScheduled = true;
    setImmediate(() => {
      this.#pumpScheduled = false;
      if (!this.#stopped) this.#pump();
    });
  }

  #pump(): void {
    while (this.#handling.size < this.#parts.options.concurrencyMax) {
      const place = this.#order.take() ?? (this.#lookUp() ? this.#order.take() : undefined);
      if (!place) return;
      const handling = this.#deliver(place).finally(() => {
        this.#handling.delete(handling);
        this.#schedulePump();
      });
      this.#handling.add(handling);
    }
  }

  /** Looks for further messages. @returns whether it is worth asking the order again */
  #lookUp(): boolean {
    const { messages, options, limits } = this.#parts;
    const room = limits.consumerOutstandingMax - this.#progress.outstanding;
    if (!this.#mayHaveMore || room <= 0) return false;
    const pageMax = Math.min(limits.consumerPageMessages, room);
    // The head is taken first: what is published after it wakes this consumer again.
    const head = messages.head();
    const places = messages.places(this.#progress.scannedTo, options.types, pageMax);
    for (const place of places) if (this.#progress.scan(place.seq)) this.#order.add(place);
    this.#mayHaveMore = places.length === pageMax;
    if (!this.#mayHaveMore) this.#progress.scanned(head);
    return places.length > 0;
  }

  async #deliver(place: MessagePlace): Promise<void> {
    const { messages, options } = this.#parts;
    const delivery = (this.#failures.get(place.seq) ?? 0) + 1;
    try {
      const message = messages.get(place.seq, delivery);
      if (message) await options.handle(message);
      this.#finish(place);
    } catch (error) {
      await this.#fail(place, delivery, error);
    }
  }

  #finish({ seq, key }: MessagePlace): void {
    const leftTraces = this.#failures.delete(seq);
    if (this.#replaying.delete(seq) || leftTraces) this.#traces.push(seq);
    this.#progress.finish(seq);
    this.#order.finish(key);
    this.#save();
  }

  async #fail(place: MessagePlace, delivery: number, error: unknown): Promise<void> {
    const { options, telemetry, consumers } = this.#parts;
    const { seq } = place;
    if (awaitsUpdate(error)) return this.#waitForUpdate(place, error);
    this.#failures.set(seq, delivery);
    const labels = { stream: options.stream, durable: options.durable };
    telemetry.count('stream_delivery_failures_total', labels);
    telemetry.log('warn', 'a delivery failed', { ...labels, seq, delivery, error: errorText(error) });
    if (delivery >= options.deliveriesMax && (await this.#bury(seq, delivery, error))) {
      // Its rows went with its burial; later they may be those of its replay.
      this.#failures.delete(seq);
      this.#replaying.delete(seq);
      this.#finish(place);
      return;
    }
    void this.#write('failure', () => consumers.setFailure(this.#name, seq, delivery));
    this.#retryLater(place, delivery);
  }

  /** Nothing is wrong with it: it counts as no failure, and keeps its place until a process that was updated delivers it. */
  #waitForUpdate(place: MessagePlace, error: unknown): void {
    const { telemetry } = this.#parts;
    telemetry.count('stream_deliveries_awaiting_update_total', { ...this.#name });
    telemetry.log('error', 'a message waits for an updated process', {
      ...this.#name,
      seq: place.seq,
      error: errorText(error),
    });
    this.#retryLater(place, LAST_BACKOFF);
  }

  /** @returns whether the dead letter is durable */
  #bury(seq: number, deliveries: number, error: unknown): Promise<boolean> {
    const { consumers, clock, telemetry } = this.#parts;
    telemetry.count('stream_dead_letters_total', { ...this.#name });
    const letter = { ...this.#name, seq, deliveries, error: errorText(error), died_at_ms: clock.nowMs() };
    return this.#write('dead letter', () => {
      consumers.addDeadLetter(letter);
      consumers.forget(this.#name, seq);
    });
  }

  #retryLater({ seq, key }: MessagePlace, failures: number): void {
    if (this.#stopped) return;
    const { options, clock } = this.#parts;
    const { backoffMinMs: minMs, backoffMaxMs: maxMs } = options;
    const cancel = clock.after(backoffMs(failures, `${options.durable}/${seq}`, { minMs, maxMs }), () => {
      this.#backoffs.delete(cancel);
      this.#order.retry(key);
      this.#schedulePump();
    });
    this.#backoffs.add(cancel);
  }

  /** One save at a time, and no commit for it alone; acknowledgements that come meanwhile share the next one. */
  #save(): void {
    if (this.#saving) {
      this.#saveAgain = true;
      return;
    }
    this.#saveAgain = false;
    const saving = this.#parts.commits.writeLater(() => this.#saveProgress());
    this.#saving = this.#unlessFailed('progress', saving).then(() => {
      this.#saving = undefined;
      if (this.#saveAgain) this.#save();
    });
  }

  #saveProgress(): void {
    const { consumers } = this.#parts;
    this.#saveAgain = false;
    const { floor, done } = this.#progress.take();
    consumers.saveProgress(this.#name, floor, done);
    for (const seq of this.#traces.splice(0)) consumers.forget(this.#name, seq);
  }

  /** A write that may fail: the message then comes again, which consumers must bear anyway. */
  #write(what: string, work: () => void): Promise<boolean> {
    return this.#unlessFailed(what, this.#parts.commits.write(work));
  }

  async #unlessFailed(what: string, write: Promise<void>): Promise<boolean> {
    try {
      await write;
      return true;
    } catch (error) {
      const { telemetry } = this.#parts;
      telemetry.log('error', 'a consumer could not save', { ...this.#name, what, error: errorText(error) });
      return false;
    }
  }
}
