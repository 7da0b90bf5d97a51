import { LANES, type Lane } from './port.ts';

/** Which lane is asked first: the most urgent, and now and then the one that has gone without for the longest. */
export class LaneChoice {
  readonly #fairEvery: number;
  readonly #lastTurn = new Map<Lane, number>();
  #turn = 0;

  /** @param fairEvery one turn in so many is fair; 0: none */
  constructor(fairEvery: number) {
    this.#fairEvery = fairEvery;
  }

  /** All lanes in the order in which they are to be asked at this turn. */
  order(): readonly Lane[] {
    const isFair = this.#fairEvery > 0 && this.#turn % this.#fairEvery === this.#fairEvery - 1;
    if (!isFair) return LANES;
    return [...LANES].sort((a, b) => (this.#lastTurn.get(a) ?? -1) - (this.#lastTurn.get(b) ?? -1));
  }

  chosen(lane: Lane): void {
    this.#lastTurn.set(lane, this.#turn++);
  }
}
