/** Where stock lies. Statuses are the vendor's own words. */
export interface StockPlace {
  readonly location: string;
  readonly sku: string;
  readonly status: string;
}

/** Quantities are ten-thousandths of the base unit. */
export interface StockLevel extends StockPlace {
  readonly units: number;
}

/**
 * What a system believes it has, and beside it what is really there. Ordinary movements change both; losses that
 * nobody noticed change the truth alone, and a count brings the book to the truth.
 */
export class StockBook {
  readonly #book = new Map<string, StockLevel>();
  readonly #truth = new Map<string, StockLevel>();

  booked(place: StockPlace): number {
    return this.#book.get(keyOf(place))?.units ?? 0;
  }

  actual(place: StockPlace): number {
    return this.#truth.get(keyOf(place))?.units ?? 0;
  }

  /** A movement that the system saw. Goods that left were there, so the truth never falls below zero. */
  move(place: StockPlace, units: number): void {
    put(this.#book, place, this.booked(place) + units);
    put(this.#truth, place, Math.max(0, this.actual(place) + units));
  }

  /** Changes the truth alone: theft (negative) or goods that turned up. */
  change(place: StockPlace, units: number): void {
    put(this.#truth, place, Math.max(0, this.actual(place) + units));
  }

  /** What a person counted becomes both book and truth. Answers the difference to the book before. */
  count(place: StockPlace, units: number): number {
    const difference = units - this.booked(place);
    put(this.#book, place, units);
    put(this.#truth, place, units);
    return difference;
  }

  levels(): readonly StockLevel[] {
    return [...this.#book.values()];
  }

  truth(): readonly StockLevel[] {
    return [...this.#truth.values()];
  }
}

function put(levels: Map<string, StockLevel>, { location, sku, status }: StockPlace, units: number): void {
  levels.set(keyOf({ location, sku, status }), { location, sku, status, units });
}

function keyOf({ location, sku, status }: StockPlace): string {
  return `${location}\n${sku}\n${status}`;
}
