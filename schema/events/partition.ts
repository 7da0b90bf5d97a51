/** The number of partitions that subjects are spread over. Fixed for ever: keys never move. */
export const PARTITIONS = 64;

/** The partition of a key: FNV-1a over UTF-16 code units, modulo PARTITIONS. */
export function partitionOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) {
    hash ^= key.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash >>> 0) % PARTITIONS;
}
