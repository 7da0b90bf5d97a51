declare module 'bloomfilter' {
  export class BloomFilter {
    /** @param m bits @param k hash functions */
    constructor(m: number, k: number);
    add(key: string): void;
    test(key: string): boolean;
  }
}
