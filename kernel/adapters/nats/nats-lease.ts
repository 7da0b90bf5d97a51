import { Kvm, type KV } from '@nats-io/kv';
import type { HeldLease, Lease } from '../../ports/lease.ts';
import { backoffMs } from '../embedded/backoff.ts';
import { EmbeddedLease } from '../embedded/embedded-lease.ts';
import { errorText } from '../embedded/error-text.ts';
import { LeasePresence } from './lease-presence.ts';
import type { NatsConnection } from './nats-connection.ts';
import { isWrongLastSequence } from './nats-errors.ts';
import { NatsHeldLease } from './nats-held-lease.ts';
import { rest } from './rest.ts';
import { VacantLease } from './vacant-lease.ts';

/**
 * One key per lease in a bucket whose keys expire. The holder writes its key again and again, each time only over its own
 * last writing; whoever waits asks whether anybody answers for it, and else tries to make the key.
 */
export class NatsLease implements Lease {
  readonly #connection: NatsConnection;
  /** Puts those of this process in a row, so that one of them at a time asks the servers. */
  readonly #local = new EmbeddedLease();
  #bucket: Promise<KV> | undefined;

  constructor(connection: NatsConnection) {
    this.#connection = connection;
  }

  async acquire(name: string, signal: AbortSignal): Promise<HeldLease> {
    const turn = await this.#local.acquire(name, signal);
    try {
      return await this.#take(name, signal, turn);
    } catch (error) {
      await turn.release();
      throw error;
    }
  }

  async #take(name: string, signal: AbortSignal, turn: HeldLease): Promise<HeldLease> {
    const { ids, clock, limits } = this.#connection.parts;
    const holder = ids.next();
    const { leasePollMs } = limits;
    const presence = new LeasePresence(this.#connection, name);
    const vacant = new VacantLease(this.#connection, name);
    try {
      for (let attempt = 1; ; attempt++) {
        signal.throwIfAborted();
        const held = new NatsHeldLease({ name, holder, connection: this.#connection, turn });
        const isHeld = await this.#tryOnce(held, presence, vacant);
        if (isHeld && !signal.aborted) return held;
        if (isHeld) await held.release();
        await rest(clock, backoffMs(1, `${holder}/${attempt}`, { minMs: leasePollMs, maxMs: leasePollMs }), signal);
      }
    } finally {
      vacant.isHeld();
    }
  }

  /** @returns whether it is held here; not when somebody else holds it, or the servers do not answer */
  async #tryOnce(held: NatsHeldLease, presence: LeasePresence, vacant: VacantLease): Promise<boolean> {
    try {
      this.#connection.assertConnected();
      const answer = await presence.ask();
      if (answer !== 'nobody') vacant.isHeld();
      if (answer === 'held') return false;
      const bucket = await this.#open();
      if (await takes(held, bucket)) return true;
      if (answer === 'nobody') await vacant.look(bucket);
    } catch (error) {
      const { telemetry } = this.#connection.parts;
      telemetry.log('warn', 'a lease could not be asked for', { name: held.name, error: errorText(error) });
    }
    return false;
  }

  #open(): Promise<KV> {
    if (this.#bucket) return this.#bucket;
    const { client, limits } = this.#connection.parts;
    const opening = new Kvm(client).create(this.#connection.named('stockwire-leases'), {
      history: 1,
      ttl: limits.leaseTtlMs,
      replicas: limits.replicas,
      timeout: limits.leaseTtlMs / 2,
    });
    this.#bucket = opening.then(async (bucket) => {
      await this.#setLifetime(bucket);
      return bucket;
    });
    this.#bucket.catch(() => (this.#bucket = undefined));
    return this.#bucket;
  }

  /** A bucket that was made before keeps its keys as long as it was told then. */
  async #setLifetime(bucket: KV): Promise<void> {
    const { manager, limits, telemetry } = this.#connection.parts;
    const { streamInfo, ttl } = await bucket.status();
    if (ttl === limits.leaseTtlMs) return;
    const lifetime = limits.leaseTtlMs * NANOS;
    await manager.streams.update(streamInfo.config.name, { max_age: lifetime, duplicate_window: lifetime });
    telemetry.log('info', 'leases last longer or shorter from now on', { was: ttl, leaseTtlMs: limits.leaseTtlMs });
  }
}

/** In a millisecond. */
const NANOS = 1_000_000;

/** @returns whether it was free */
async function takes(held: NatsHeldLease, bucket: KV): Promise<boolean> {
  try {
    await held.take(bucket);
    return true;
  } catch (error) {
    if (isWrongLastSequence(error)) return false;
    throw error;
  }
}
