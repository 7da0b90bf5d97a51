import type { MessagePlace } from './stream-table.ts';

export interface TypedPlace extends MessagePlace {
  readonly type: string;
}

/** Places that are remembered at least, once there were so many: a consumer that is not further behind need not ask the database. */
const REMEMBERED_MIN = 5_000;

/** Where the newest durable messages of a stream stand, in order and without a gap. */
export class RecentPlaces {
  /** Everything after this place is remembered. */
  #afterSeq: number;
  #lastSeq: number;
  #places: TypedPlace[] = [];

  /** @param head of the durable messages */
  constructor(head: number) {
    this.#afterSeq = head;
    this.#lastSeq = head;
  }

  /** A message became durable. One that comes out of turn costs the memory of all before it. */
  add(place: TypedPlace): void {
    if (place.seq !== this.#lastSeq + 1) return this.#forget(Math.max(place.seq, this.#lastSeq));
    const places = this.#places;
    places.push(place);
    this.#lastSeq = place.seq;
    if (places.length < 2 * REMEMBERED_MIN) return;
    this.#afterSeq = places[REMEMBERED_MIN - 1]?.seq ?? this.#lastSeq;
    this.#places = places.slice(REMEMBERED_MIN);
  }

  /** Whether all that comes after a place is remembered. */
  covers(afterSeq: number): boolean {
    return afterSeq >= this.#afterSeq;
  }

  /** The next ones after a place that is covered, of the given types only. */
  after(afterSeq: number, types: readonly string[] | undefined, limit: number): readonly MessagePlace[] {
    const found: MessagePlace[] = [];
    for (let index = this.#indexAfter(afterSeq); index < this.#places.length && found.length < limit; index++) {
      const place = this.#places[index] as TypedPlace;
      if (!types || types.includes(place.type)) found.push(place);
    }
    return found;
  }

  remove(seqs: ReadonlySet<number>): void {
    this.#places = this.#places.filter(({ seq }) => !seqs.has(seq));
  }

  #forget(upTo: number): void {
    this.#places = [];
    this.#afterSeq = upTo;
    this.#lastSeq = upTo;
  }

  #indexAfter(afterSeq: number): number {
    let [low, high] = [0, this.#places.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#places[middle] as TypedPlace).seq > afterSeq) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
