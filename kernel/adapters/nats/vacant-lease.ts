import type { KV } from '@nats-io/kv';
import type { CancelTimer } from '../../ports/clock.ts';
import type { ConnectionParts } from './nats-connection.ts';
import { isWrongLastSequence } from './nats-errors.ts';

type Connection = { readonly parts: Pick<ConnectionParts, 'clock' | 'limits' | 'telemetry'> };

interface Vacancy {
  /** Of the key, when nobody answered for it first. */
  readonly revision: number;
  readonly cancel: CancelTimer;
  isOver: boolean;
}

/**
 * Finds that whoever held a lease has ended without giving it back, long before it expires. Two things must say so for
 * `leaseAbsentMs`: the servers, that nobody answers for it, and the key, that it was not renewed meanwhile. A holder that
 * merely lost its connection for so long may still believe that it holds it, as one that was paused may.
 */
export class VacantLease {
  readonly #connection: Connection;
  readonly #name: string;
  #vacancy: Vacancy | undefined;

  constructor(connection: Connection, name: string) {
    this.#connection = connection;
    this.#name = name;
  }

  /** Somebody holds it. */
  isHeld(): void {
    this.#vacancy?.cancel();
    this.#vacancy = undefined;
  }

  /** Nobody answers for it, and yet the key is there. Gives it up in the name of its holder when that has lasted. */
  async look(bucket: Pick<KV, 'get' | 'delete'>): Promise<void> {
    const entry = await bucket.get(this.#name);
    if (entry?.operation !== 'PUT') return this.isHeld();
    if (entry.revision !== this.#vacancy?.revision) return this.#begin(entry.revision);
    if (!this.#vacancy.isOver) return;
    this.isHeld();
    try {
      await bucket.delete(this.#name, { previousSeq: entry.revision });
    } catch (error) {
      if (isWrongLastSequence(error)) return;
      throw error;
    }
    this.#connection.parts.telemetry.log('info', 'the holder of a lease has gone without giving it back', {
      name: this.#name,
      holder: entry.string(),
    });
  }

  #begin(revision: number): void {
    this.isHeld();
    const { clock, limits } = this.#connection.parts;
    const vacancy: Vacancy = {
      revision,
      isOver: false,
      cancel: clock.after(limits.leaseAbsentMs, () => (vacancy.isOver = true)),
    };
    this.#vacancy = vacancy;
  }
}
