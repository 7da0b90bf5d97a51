import { Kvm, type KV } from '@nats-io/kv';
import type { HeldLease, Lease } from '../../ports/lease.ts';
import { backoffMs } from '../embedded/backoff.ts';
import { EmbeddedLease } from '../embedded/embedded-lease.ts';
import { errorText } from '../embedded/error-text.ts';
import type { NatsConnection } from './nats-connection.ts';
import { isWrongLastSequence } from './nats-errors.ts';
import { NatsHeldLease } from './nats-held-lease.ts';
import { rest } from './rest.ts';

/**
 * One key per lease in a bucket whose keys expire. The holder writes its key again and again, each time only over its own
 * last writing; whoever waits tries to make the key.
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
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted();
      const held = new NatsHeldLease({ name, holder, connection: this.#connection, turn });
      if (await this.#tryOnce(held)) {
        if (!signal.aborted) return held;
        await held.release();
      }
      await rest(clock, backoffMs(1, `${holder}/${attempt}`, { minMs: leasePollMs, maxMs: leasePollMs }), signal);
    }
  }

  /** @returns whether it is held; not when somebody else holds it, or the servers do not answer */
  async #tryOnce(held: NatsHeldLease): Promise<boolean> {
    try {
      this.#connection.assertConnected();
      await held.take(await this.#open());
      return true;
    } catch (error) {
      const { telemetry } = this.#connection.parts;
      const fields = { name: held.name, error: errorText(error) };
      if (!isWrongLastSequence(error)) telemetry.log('warn', 'a lease could not be asked for', fields);
      return false;
    }
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
    this.#bucket = opening;
    opening.catch(() => (this.#bucket = undefined));
    return opening;
  }
}
