import { NONE } from './bucket.ts';
import { OldestKeys } from './oldest-keys.ts';
import { statusOf, type Transfer } from './transfer.ts';

/** Ended transfers that can still be asked for; the oldest go first. A constant of the ledger. */
const ENDED_TRANSFERS_MAX = 100_000;

/** All open transfers, and the latest that have ended. */
export class TransferBook {
  readonly #open = new Map<string, Transfer>();
  readonly #ended = new Map<string, Transfer>();
  readonly #oldestEnded = new OldestKeys(this.#ended);
  readonly #idsOfLocation = new Map<number, Set<string>>();

  constructor(transfers: Iterable<Transfer> = []) {
    for (const transfer of transfers) this.set(transfer);
  }

  get(id: string): Transfer | undefined {
    return this.#open.get(id) ?? this.#ended.get(id);
  }

  set(transfer: Transfer): void {
    const status = statusOf(transfer);
    const hasEnded = status === 'RECEIVED' || status === 'CANCELLED';
    (hasEnded ? this.#open : this.#ended).delete(transfer.id);
    (hasEnded ? this.#ended : this.#open).set(transfer.id, transfer);
    for (const location of endsOf(transfer)) {
      const ids = this.#idsOfLocation.get(location) ?? new Set();
      this.#idsOfLocation.set(location, ids.add(transfer.id));
    }
    if (this.#ended.size > ENDED_TRANSFERS_MAX) this.#forgetOldest();
  }

  /** Those that leave from or go to a location, in the order of their ids. */
  ofLocation(location: number): readonly Transfer[] {
    const ids = [...(this.#idsOfLocation.get(location) ?? [])].sort();
    return ids.map((id) => this.get(id)).filter((transfer) => transfer !== undefined);
  }

  all(): readonly Transfer[] {
    return [...this.#open.values(), ...this.#ended.values()];
  }

  #forgetOldest(): void {
    const key = this.#oldestEnded.take();
    const oldest = key === undefined ? undefined : this.#ended.get(key);
    if (!oldest) return;
    this.#ended.delete(oldest.id);
    for (const location of endsOf(oldest)) this.#idsOfLocation.get(location)?.delete(oldest.id);
  }
}

function endsOf({ from, to }: Transfer): readonly number[] {
  return from === NONE || from === to ? [to] : [from, to];
}
