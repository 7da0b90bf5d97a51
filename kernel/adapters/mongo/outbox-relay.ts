import type { Model } from 'mongoose';
import type { EventEnvelope } from '../../model/event-envelope.ts';
import type { CancelTimer, Clock } from '../../ports/clock.ts';
import type { HeldLease, Lease } from '../../ports/lease.ts';
import type { Streams } from '../../ports/streams.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import { backoffMs } from '../embedded/backoff.ts';
import { errorText } from '../embedded/error-text.ts';
import type { DocumentRecord, PendingEvent } from './document-record.ts';
import type { MongoCalls } from './mongo-calls.ts';
import { DocumentsUnavailable } from './mongo-errors.ts';
import type { MongoLimits } from './mongo-limits.ts';
import type { OutboxCounter } from './outbox-counter.ts';
import type { OutboxNudges } from './outbox-nudges.ts';
import { clearing, publications, publishable, settledSeq, type PendingRecord } from './outbox-page.ts';
import { SilentWriters } from './silent-writers.ts';

/** Whatever waits. */
const PENDING = { pendingSeq: { $lte: Number.MAX_SAFE_INTEGER } };

export interface OutboxRelayOptions {
  readonly collection: string;
  readonly model: Model<DocumentRecord>;
  readonly counter: OutboxCounter;
  readonly calls: MongoCalls;
  readonly streams: Pick<Streams, 'publishAll'>;
  readonly lease: Lease;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly limits: MongoLimits;
  /** Absent: whoever relays sees what other processes save by looking alone. */
  readonly nudges?: OutboxNudges | undefined;
}

/**
 * Publishes the events of one collection in the order of its saves, whichever process saved them, and takes them out of
 * their documents afterwards. One process per collection does so, by lease; one that was deposed without knowing
 * publishes the same events under the same ids, which the stream knows already.
 */
export class OutboxRelay {
  readonly #options: OutboxRelayOptions;
  readonly #silent: SilentWriters;
  readonly #closing = new AbortController();
  #run: Promise<void> | undefined;
  #failures = 0;
  #isWoken = false;
  #isNumbered = false;
  #isLeading = false;
  #endPause: () => void = () => undefined;
  #waiting: (() => void)[] = [];

  constructor(options: OutboxRelayOptions) {
    this.#options = options;
    this.#silent = new SilentWriters(options);
  }

  start(): void {
    this.#run ??= this.#lead();
  }

  /** There may be something to relay, by whichever process does so. */
  saved(): void {
    if (this.#isLeading) this.wake();
    else this.#options.nudges?.tell(this.#options.collection);
  }

  /** There may be something to relay, if this process does so. */
  wake(): void {
    this.#isWoken = true;
    this.#endPause();
  }

  /**
   * Resolves when every event that was saved before the call has been published, by this process or another one.
   * @param stream only those that go to this stream are waited for
   * @throws {DocumentsUnavailable} when it was not in time
   */
  async flush(stream?: string): Promise<void> {
    const { clock, collection, counter, limits } = this.#options;
    const { seq } = await counter.read();
    if (seq === 0) return;
    const untilMs = clock.nowMs() + limits.flushMs;
    while (await this.#isPending({ pendingSeq: { $lte: seq }, ...(stream && { 'outbox.stream': stream }) })) {
      if (this.#closing.signal.aborted || clock.nowMs() > untilMs) {
        throw new DocumentsUnavailable(`${collection}: events are not published yet`);
      }
      this.saved();
      await this.#nextRound(limits.flushPollMs);
    }
  }

  async close(): Promise<void> {
    this.#closing.abort(new DocumentsUnavailable('closed'));
    this.wake();
    await this.#run;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  async #lead(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      const lease = await this.#acquire();
      if (lease) await this.#leadAs(lease);
    }
  }

  async #leadAs(lease: HeldLease): Promise<void> {
    const over = AbortSignal.any([lease.lost, this.#closing.signal]);
    this.#isLeading = true;
    while (!over.aborted) await this.#roundAndPause();
    this.#isLeading = false;
    await lease.release().catch((error: unknown) => this.#failed(error));
  }

  async #acquire(): Promise<HeldLease | undefined> {
    const { collection, lease } = this.#options;
    try {
      return await lease.acquire(`outbox-relay.${collection}`, this.#closing.signal);
    } catch (error) {
      await this.#failed(error);
      return undefined;
    }
  }

  async #roundAndPause(): Promise<void> {
    try {
      if (this.#isWoken || (await this.#isAnyPending())) {
        this.#isWoken = false;
        while (await this.#relayPage());
      }
      this.#failures = 0;
      for (const resolve of this.#waiting.splice(0)) resolve();
      const { nudges, limits } = this.#options;
      await this.#pause(nudges ? limits.nudgedRelayPollMs : limits.relayPollMs);
    } catch (error) {
      await this.#failed(error);
    }
  }

  /** Most collections never publish anything: where no number was ever taken, nothing has to be looked for. */
  async #isAnyPending(): Promise<boolean> {
    this.#isNumbered ||= (await this.#options.counter.read()).seq > 0;
    return this.#isNumbered && (await this.#isPending(PENDING));
  }

  async #isPending(filter: Readonly<Record<string, unknown>>): Promise<boolean> {
    const { calls, collection, model } = this.#options;
    return (await calls.run(`${collection}.isPending`, () => model.exists(filter).lean())) !== null;
  }

  /** @returns whether there may be more */
  async #relayPage(): Promise<boolean> {
    const { collection, calls, counter, limits, model, streams } = this.#options;
    // First the numbers, then the events: whatever could be seen when one of these was called is read as well.
    const settled = settledSeq(await this.#silent.leaveOut(await counter.read()));
    const page = await calls.run(`${collection}.pending`, () =>
      model
        .find({ pendingSeq: { $lte: settled } }, { version: 1, outbox: 1, pendingSeq: 1 })
        .sort({ pendingSeq: 1 })
        .limit(limits.relayPageDocuments)
        .maxTimeMS(limits.callMs)
        .lean<PendingRecord[]>(),
    );
    if (page.length === 0 || this.#closing.signal.aborted) return false;
    const events = publishable(page, settled, limits.relayPageDocuments);
    for (const publication of publications(events, limits.publishEvents)) await publish(streams, publication);
    const published = new Set(events.map(({ seq }) => seq));
    const updates = page.flatMap((record) => clearing(record, published));
    await calls.run(`${collection}.published`, () =>
      model.collection.bulkWrite(updates as Parameters<typeof model.collection.bulkWrite>[0]),
    );
    return true;
  }

  async #failed(error: unknown): Promise<void> {
    if (this.#closing.signal.aborted) return;
    const { collection, telemetry, limits } = this.#options;
    this.#failures++;
    telemetry.count('outbox_relay_failures_total');
    const failure = { collection, failures: this.#failures, error: errorText(error) };
    telemetry.log('error', 'the outbox could not be relayed', failure);
    this.#isWoken = false;
    const bounds = { minMs: limits.relayRetryMinMs, maxMs: limits.relayRetryMaxMs };
    await this.#delay(backoffMs(this.#failures, `outbox-relay.${collection}`, bounds), this.#closing.signal);
  }

  /** Until it is woken, at most `delayMs`. */
  #pause(delayMs: number): Promise<void> {
    if (this.#isWoken) return Promise.resolve();
    const woken = new AbortController();
    this.#endPause = () => woken.abort();
    return this.#delay(delayMs, woken.signal);
  }

  #nextRound(delayMs: number): Promise<void> {
    const round = new AbortController();
    this.#waiting.push(() => round.abort());
    return this.#delay(delayMs, round.signal);
  }

  #delay(delayMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve();
      let cancel: CancelTimer = () => undefined;
      const end = (): void => {
        cancel();
        signal.removeEventListener('abort', end);
        resolve();
      };
      cancel = this.#options.clock.after(delayMs, end);
      signal.addEventListener('abort', end, { once: true });
    });
  }
}

async function publish(streams: OutboxRelayOptions['streams'], events: readonly PendingEvent[]): Promise<void> {
  const messages = events.map(({ subject, envelope }) => ({
    subject,
    envelope: JSON.parse(envelope) as EventEnvelope,
  }));
  await streams.publishAll((events[0] as PendingEvent).stream, messages);
}
