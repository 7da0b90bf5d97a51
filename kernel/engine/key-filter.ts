import { textHash } from '../model/text-hash.ts';

/** About one key in a hundred that was never added is then taken for a known one. */
const BITS_PER_KEY = 10;
const PROBES = 7;
const BITS_PER_BYTE = 8;
const BITS_PER_WORD = 32;
const FIRST_LAYER_BYTES = 1_048_576;
const LAYER_BYTES_MIN = 64;

/**
 * Tells in memory which keys are certainly new: Bloom filters. It grows by layers of double size up to `bytesMax`; beyond
 * that its answer "perhaps known" becomes more frequent, and "new" stays certain.
 */
export class KeyFilter {
  readonly #bytesMax: number;
  readonly #layers: Int32Array[] = [];
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
    const hash = textHash(key);
    if (this.#mayHold(hash)) return;
    if (this.#room <= 0 && this.#bytes + this.#layerBytes <= this.#bytesMax) this.#grow();
    mark(this.#layers.at(-1) as Int32Array, hash);
    this.#room--;
  }

  /** False: never added. */
  mayHold(key: string): boolean {
    return this.#mayHold(textHash(key));
  }

  #mayHold(hash: number): boolean {
    for (const layer of this.#layers) if (isMarked(layer, hash)) return true;
    return false;
  }

  #grow(): void {
    this.#layers.push(new Int32Array(Math.floor(this.#layerBytes / Int32Array.BYTES_PER_ELEMENT)));
    this.#bytes += this.#layerBytes;
    this.#room = Math.floor((this.#layerBytes * BITS_PER_BYTE) / BITS_PER_KEY);
    this.#layerBytes *= 2;
  }
}

function mark(words: Int32Array, hash: number): void {
  const step = stepOf(hash);
  for (let probe = 0, at = hash; probe < PROBES; probe++, at = (at + step) | 0) {
    const bit = (at >>> 0) % (words.length * BITS_PER_WORD);
    words[bit >>> 5] = (words[bit >>> 5] as number) | (1 << bit);
  }
}

function isMarked(words: Int32Array, hash: number): boolean {
  const step = stepOf(hash);
  for (let probe = 0, at = hash; probe < PROBES; probe++, at = (at + step) | 0) {
    const bit = (at >>> 0) % (words.length * BITS_PER_WORD);
    if (((words[bit >>> 5] as number) & (1 << bit)) === 0) return false;
  }
  return true;
}

/** From one bit to the next: odd, and another for nearly every hash. Two hashes give as many places as one likes. */
function stepOf(hash: number): number {
  return Math.imul(hash ^ (hash >>> 16), 0x45d9f3b) | 1;
}
