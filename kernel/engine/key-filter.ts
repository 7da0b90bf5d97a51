import { BloomFilter } from 'bloomfilter';

/** About one key in a hundred that was never added is then taken for a known one. */
const BITS_PER_KEY = 10;
const HASHES = 7;
const BITS_PER_BYTE = 8;
const FIRST_LAYER_BYTES = 1_048_576;
const LAYER_BYTES_MIN = 64;

/**
 * Tells in memory which keys are certainly new. It grows by layers of double size up to `bytesMax`; beyond that its
 * answer "perhaps known" becomes more frequent, and "new" stays certain.
 */
export class KeyFilter {
  readonly #bytesMax: number;
  readonly #layers: BloomFilter[] = [];
  #bytes = 0;
  #layerBytes: number;
  /** Keys that the newest layer still takes before it is full. */
  #room = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
    this.#layerBytes = Math.max(LAYER_BYTES_MIN, Math.min(FIRST_LAYER_BYTES, bytesMax));
    this.#grow();
  }

  /** What it takes in memory. */
  get bytes(): number {
    return this.#bytes;
  }

  add(key: string): void {
    if (this.mayHold(key)) return;
    if (this.#room <= 0 && this.#bytes + this.#layerBytes <= this.#bytesMax) this.#grow();
    this.#layers.at(-1)?.add(key);
    this.#room--;
  }

  /** False: never added. */
  mayHold(key: string): boolean {
    return this.#layers.some((layer) => layer.test(key));
  }

  #grow(): void {
    const bits = this.#layerBytes * BITS_PER_BYTE;
    this.#layers.push(new BloomFilter(bits, HASHES));
    this.#bytes += this.#layerBytes;
    this.#room = Math.floor(bits / BITS_PER_KEY);
    this.#layerBytes *= 2;
  }
}
