import type { KV } from '@nats-io/kv';
import { Obstacle } from '../../model/errors.ts';
import type { CancelTimer } from '../../ports/clock.ts';
import type { HeldLease } from '../../ports/lease.ts';
import { errorText } from '../embedded/error-text.ts';
import { LeaseBelief } from './lease-belief.ts';
import { LeasePresence } from './lease-presence.ts';
import type { NatsConnection } from './nats-connection.ts';
import { isWrongLastSequence } from './nats-errors.ts';

export interface HeldLeaseParts {
  readonly name: string;
  /** Written into the key, so that a person sees who it is. */
  readonly holder: string;
  readonly connection: NatsConnection;
  /** The place among those of this process. */
  readonly turn: HeldLease;
}

/** Renewals within the time that a lease lasts, at least; one of them may fail. */
const RENEWALS = 4;
/** The part of the time that others wait in which the holder acts: it gives up believing before they may take the lease. */
const BELIEF = 0.75;

/** Renews itself until it is released or lost. */
export class NatsHeldLease implements HeldLease {
  readonly name: string;
  readonly #parts: HeldLeaseParts;
  readonly #lost = new AbortController();
  readonly #belief: LeaseBelief;
  readonly #presence: LeasePresence;
  #bucket: KV | undefined;
  #cancelRenewal: CancelTimer = () => undefined;
  #revision = 0;
  #renewing: Promise<void> | undefined;
  #hasEnded = false;

  constructor(parts: HeldLeaseParts) {
    const { clock, limits } = parts.connection.parts;
    this.name = parts.name;
    this.#parts = parts;
    this.#presence = new LeasePresence(parts.connection, parts.name);
    this.#belief = new LeaseBelief(
      clock,
      limits.leaseTtlMs * BELIEF,
      () => void this.#lose('it was not renewed in time'),
    );
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Asks for it once. @throws when somebody else holds it, or the servers do not answer */
  async take(bucket: KV): Promise<void> {
    this.#bucket = bucket;
    const belief = this.#belief.ask();
    try {
      this.#revision = await bucket.create(this.name, this.#parts.holder);
    } catch (error) {
      belief.denied();
      throw error;
    }
    belief.granted();
    // The answer may have come too late to be believed: then it was lost in the line before.
    if (this.#hasEnded) return;
    this.#presence.begin();
    this.#renewLater();
  }

  async release(): Promise<void> {
    if (!this.#end()) return;
    await this.#renewing;
    // Whatever goes wrong, the key expires by itself.
    await this.#bucket?.delete(this.name, { previousSeq: this.#revision }).catch(() => undefined);
    await this.#parts.turn.release();
  }

  #renewLater(): void {
    if (this.#hasEnded) return;
    const { clock, limits } = this.#parts.connection.parts;
    // A lease that lasts long is still renewed before anybody may believe that its holder has gone.
    const restMs = Math.min(limits.leaseTtlMs / RENEWALS, limits.leaseAbsentMs * BELIEF);
    this.#cancelRenewal = clock.after(restMs, () => {
      this.#renewing = this.#renew().finally(() => this.#renewLater());
    });
  }

  async #renew(): Promise<void> {
    const { connection, holder } = this.#parts;
    if (!connection.isConnected) return;
    const belief = this.#belief.ask();
    try {
      const { leaseTtlMs } = connection.parts.limits;
      this.#revision = (await this.#bucket?.update(this.name, holder, this.#revision, leaseTtlMs / 2)) ?? 0;
      if (this.#hasEnded) belief.denied();
      else belief.granted();
    } catch (error) {
      belief.denied();
      // An update whose answer was lost is superseded by itself; the lease is then given up, which is always safe.
      if (isWrongLastSequence(error)) void this.#lose('somebody else wrote it');
      else
        connection.parts.telemetry.log('warn', 'a lease was not renewed', { name: this.name, error: errorText(error) });
    }
  }

  async #lose(why: string): Promise<void> {
    if (!this.#end()) return;
    const { telemetry } = this.#parts.connection.parts;
    telemetry.log('warn', 'a lease was lost', { name: this.name, why });
    this.#lost.abort(
      new Obstacle('CONTEXT_UNAVAILABLE', `The lease ${this.name} was lost: ${why}.`, { name: this.name }),
    );
    await this.#parts.turn.release();
  }

  /** @returns whether it had not ended before */
  #end(): boolean {
    if (this.#hasEnded) return false;
    this.#hasEnded = true;
    this.#cancelRenewal();
    this.#belief.end();
    this.#presence.end();
    return true;
  }
}
