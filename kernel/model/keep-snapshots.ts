/** Never let go, whatever their distance: the newest one, and one more in case it is damaged. */
const NEWEST = 2;

/**
 * Which snapshots to keep of a log: the newest ones, and of the others as many as fit, each as far from its neighbours as
 * it is old. So the way from a snapshot to any later batch is short for the age of that batch, however long the log grows.
 * @param seqs in any order
 * @param count at least 2
 */
export function snapshotsToKeep(seqs: readonly number[], count: number): ReadonlySet<number> {
  const kept = [...new Set(seqs)].sort((a, b) => b - a);
  while (kept.length > Math.max(NEWEST, count)) kept.splice(leastMissed(kept), 1);
  return new Set(kept);
}

/** The one whose going leaves the smallest gap for its age; the oldest of all counts from the beginning of the log. */
function leastMissed(newestFirst: readonly number[]): number {
  const [newest = 0] = newestFirst;
  let least = newestFirst.length - 1;
  let leastGap = Number.POSITIVE_INFINITY;
  for (let index = newestFirst.length - 1; index >= NEWEST; index--) {
    const newer = newestFirst[index - 1] as number;
    const older = newestFirst[index + 1] ?? 0;
    const gap = (newer - older) / (newest - older);
    if (gap < leastGap) {
      least = index;
      leastGap = gap;
    }
  }
  return least;
}
