/** A change that was made durable: the sequence of its commit, and when it was told inside the hub, in epoch milliseconds. */
export interface Committed {
  readonly sku: string;
  readonly version: number;
  readonly atMs: number;
}

/** What one client was told. */
export interface Told {
  readonly sku: string;
  readonly versions: readonly number[];
  readonly atMs: readonly number[];
}

/** Versions of each SKU in the order of their commits. */
export type CommittedBySku = ReadonlyMap<string, readonly Committed[]>;

export function groupBySku(committed: readonly Committed[]): CommittedBySku {
  const bySku = new Map<string, Committed[]>();
  for (const change of committed) {
    const known = bySku.get(change.sku);
    if (known) known.push(change);
    else bySku.set(change.sku, [change]);
  }
  return bySku;
}

/**
 * How long each change took to one client. A change that a newer one has overtaken was there with the newer one: whoever
 * tells less is not thereby quicker.
 * @throws when the client was told what was never committed, twice or backwards, or was not told the last
 */
export function latenciesOf({ sku, versions, atMs }: Told, bySku: CommittedBySku): readonly number[] {
  const committed = bySku.get(sku) ?? [];
  const latenciesMs: number[] = [];
  let next = 0;
  for (const [index, version] of versions.entries()) {
    const from = next;
    while (next < committed.length && (committed[next]?.version ?? 0) <= version) next++;
    if (next === from || committed[next - 1]?.version !== version) {
      throw new Error(`A client of ${sku} was told version ${version}, which was not committed or was told before.`);
    }
    const toldMs = atMs[index] ?? Number.NaN;
    for (const change of committed.slice(from, next)) latenciesMs.push(toldMs - change.atMs);
  }
  if (next < committed.length) {
    throw new Error(`A client of ${sku} was told ${next} of ${committed.length} changes.`);
  }
  return latenciesMs;
}
