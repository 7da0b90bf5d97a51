import { KeyedRecords } from '../../../kernel/model/keyed-records.ts';
import { ExpiryQueue } from './expiry-queue.ts';
import { OldestKeys } from './oldest-keys.ts';
import type { Reservation, ReservationStatus } from './reservation.ts';

/** Ended reservations that can still be asked for; the oldest go first. A constant of the ledger. */
const ENDED_RESERVATIONS_MAX = 100_000;

/** All active reservations, and the latest that have ended. */
export class ReservationBook {
  readonly #active = new KeyedRecords<Reservation>(({ id }) => id);
  readonly #ended = new Map<string, Reservation>();
  readonly #oldestEnded = new OldestKeys(this.#ended);
  readonly #expiries = new ExpiryQueue();
  readonly #isCurrent = (id: string, atMs: number): boolean => this.#active.get(id)?.expiresAtMs === atMs;

  constructor(reservations: Iterable<Reservation> = []) {
    for (const reservation of reservations) {
      if (reservation.status === 'ACTIVE') this.add(reservation);
      else this.#ended.set(reservation.id, reservation);
    }
  }

  get(id: string): Reservation | undefined {
    return this.#active.get(id) ?? this.#ended.get(id);
  }

  active(): Iterable<Reservation> {
    return this.#active.values();
  }

  add(reservation: Reservation): void {
    this.#active.set(reservation);
    if (reservation.expiresAtMs !== null) this.#expiries.push(reservation.expiresAtMs, reservation.id);
  }

  /** Leaves it active with less. */
  shrink(reservation: Reservation, steps: number): void {
    this.#active.set({ ...reservation, steps, backordered: Math.min(reservation.backordered, steps) });
  }

  /** Leaves it active, with less of it owed. */
  cover(reservation: Reservation, steps: number): void {
    this.#active.set({ ...reservation, backordered: reservation.backordered - steps });
  }

  /** Leaves it active for longer. The former expiry stays in the queue, where nobody wants it any more. */
  extend(reservation: Reservation, expiresAtMs: number): void {
    this.#active.set({ ...reservation, expiresAtMs });
    this.#expiries.push(expiresAtMs, reservation.id);
  }

  prioritise(reservation: Reservation, priority: number): void {
    this.#active.set({ ...reservation, priority });
  }

  end(reservation: Reservation, status: Exclude<ReservationStatus, 'ACTIVE'>): void {
    this.#active.delete(reservation.id);
    this.#ended.set(reservation.id, { ...reservation, status });
    if (this.#ended.size <= ENDED_RESERVATIONS_MAX) return;
    const oldest = this.#oldestEnded.take();
    if (oldest !== undefined) this.#ended.delete(oldest);
  }

  /** When the next one ends by itself, or undefined. */
  nextExpiryMs(): number | undefined {
    return this.#expiries.peek(this.#isCurrent)?.atMs;
  }

  /** At most `limit` active ones whose time is up, the earliest first. */
  due(nowMs: number, limit: number): readonly Reservation[] {
    const ids = this.#expiries.due(nowMs, limit, this.#isCurrent);
    return ids.map((id) => this.#active.get(id) as Reservation);
  }

  toEntries(): readonly Reservation[] {
    return this.#active.toArray().concat([...this.#ended.values()]);
  }
}
