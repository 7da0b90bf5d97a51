import type { ChangeFeed, ChangeMessage } from '../../kernel/ports/change-feed.ts';
import type { CacheStore } from './cache-store.ts';

export interface EvictionOptions {
  readonly changeFeed: ChangeFeed;
  readonly contexts: Iterable<string>;
  readonly store: CacheStore;
}

/**
 * Forgets what a committed change has touched: whatever depends on a word of its record, its keys among them. When
 * changes were lost, the log is another one, or nothing was heard before, everything of the context is forgotten.
 * @returns stops listening
 */
export function evictOnChanges({ changeFeed, contexts, store }: EvictionOptions): () => void {
  const stops = [...contexts].map((context) => {
    let known: Pick<ChangeMessage, 'epoch' | 'seq'> | undefined;
    return changeFeed.subscribe(context, ({ epoch, seq, prevSeq, records }) => {
      const isWhole = known?.epoch === epoch && prevSeq <= known.seq;
      if (!isWhole) store.evictAll(context);
      known = { epoch, seq: known?.epoch === epoch ? Math.max(seq, known.seq) : seq };
      for (const { value } of records) store.evict(context, wordsOf(value));
    });
  });
  return () => stops.forEach((stop) => stop());
}

/** A SKU, and the product that its record names as well. */
function wordsOf(record: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.values(record).filter((value) => typeof value === 'string');
}
