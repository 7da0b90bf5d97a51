import type { Steps } from '../../../kernel/model/quantity.ts';
import { NONE } from '../domain/bucket.ts';
import type { LedgerEvent, LedgerEventOf, ReservedLine } from '../domain/ledger-event.ts';
import type { LedgerState } from '../domain/ledger-state.ts';

/** What the end of a reservation does not say of it. */
export interface KnownClaim {
  /** Its kind. */
  readonly kind: string;
  readonly owner: string | null;
  /** What is, or was at its end, still reserved. */
  readonly steps: Steps;
  /** What each of its steps reserved of positions; nothing when it is of a network. */
  readonly parts: readonly { readonly sku: string; readonly location: string; readonly stepsEach: Steps }[];
}

/** Undefined: nobody knows any more. */
export type FindClaim = (reservation: string) => KnownClaim | undefined;

/** What the ledger knows of reservations: all active ones, and the latest that have ended. */
export function claimsOf(state: LedgerState): FindClaim {
  return (id) => {
    const reservation = state.reservations.get(id);
    if (!reservation) return undefined;
    const { kind, owner = null, steps, location, sku, components = [{ sku, stepsEach: 1 }] } = reservation;
    const at = location === NONE ? undefined : state.locationIds.textOf(location);
    const parts =
      at === undefined ? [] : components.map((part) => ({ ...part, sku: state.skuIds.textOf(part.sku), location: at }));
    return { kind, owner, steps, parts };
  };
}

/**
 * What a reader of the log knows of reservations: all that it has seen begin and not yet end. Of others `others` is asked.
 */
export class ClaimReader {
  readonly #claims = new Map<string, KnownClaim>();
  readonly #others: FindClaim;

  constructor(others: FindClaim) {
    this.#others = others;
  }

  readonly find: FindClaim = (id) => this.#claims.get(id) ?? this.#others(id);

  /** Must come after whatever is to be learnt of the event. */
  note(event: LedgerEvent): void {
    if (event.type === 'stock-reserved') this.#begin(event);
    else if (event.type === 'reservations-cancelled') for (const id of event.reservations) this.#claims.delete(id);
    else if (event.type === 'reservation-expired') this.#claims.delete(event.reservation);
    else if (event.type === 'stock-allocated') this.#convert(event);
  }

  #begin(event: LedgerEventOf<'stock-reserved'>): void {
    const { kind, owner = null, location } = event;
    for (const line of event.lines) {
      this.#claims.set(line.id, { kind, owner, steps: line.steps, parts: partsOf(line, location) });
    }
  }

  #convert({ lines }: LedgerEventOf<'stock-allocated'>): void {
    for (const { reservation: id, steps } of lines) {
      const claim = this.#claims.get(id);
      if (claim && claim.steps > steps) this.#claims.set(id, { ...claim, steps: claim.steps - steps });
      else this.#claims.delete(id);
    }
  }
}

/** What each step of a reserved line reserves of positions. */
export function partsOf({ sku, components }: ReservedLine, location: string | undefined): KnownClaim['parts'] {
  if (location === undefined) return [];
  return (components ?? [{ sku, stepsEach: 1 }]).map((part) => ({ ...part, location }));
}
