const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

/** 32 bits of a text, for tables in memory alone: FNV-1a, whose bits are mixed once more because the lowest choose the slot. */
export function textHash(text: string): number {
  let hash = OFFSET;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), PRIME);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 12);
}
