export interface BenchmarkOptions {
  /** How long one variant is measured in one round. */
  readonly seconds: number;
  /** How long gateways are loaded before the first round; the other benchmarks know by themselves when they are warm. */
  readonly warmUpSeconds: number;
  /** Says whether it runs at all rather than how fast: with few clients and short rounds. */
  readonly isQuick: boolean;
  /** Takes what is otherwise measured on a slice as a whole, however long that takes. */
  readonly isFull: boolean;
  /** Of `orders` alone: such a sale instead of what it measures otherwise. */
  readonly flashSale?: FlashSale;
  /** Says how far it is. */
  readonly progress: (text: string) => void;
}

export interface FlashSale {
  /** Who ask at the same time. */
  readonly customers: number;
  /** What they want one of each. */
  readonly units: number;
}

/** One thing that is measured, against its peers, in one run. */
export interface Benchmark {
  readonly name: string;
  /**
   * @returns what was measured, as tables
   * @throws when an answer is wrong: what answers wrongly is not measured
   */
  run(options: BenchmarkOptions): Promise<string>;
}
