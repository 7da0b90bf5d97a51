export interface BackoffOptions {
  readonly minMs: number;
  readonly maxMs: number;
}

/**
 * The wait after the `failures`-th failure: it doubles up to `maxMs`, less up to a half as jitter. The jitter comes from
 * `seed`, so that many who fail together do not come back together, and a run can still be repeated.
 */
export function backoffMs(failures: number, seed: string, { minMs, maxMs }: BackoffOptions): number {
  const full = Math.min(maxMs, minMs * 2 ** Math.min(failures - 1, 30));
  return Math.ceil(full * (1 - fraction(`${seed}/${failures}`) / 2));
}

/** A number from 0 to below 1 that depends on every character: FNV-1a with a final mix. */
function fraction(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}
