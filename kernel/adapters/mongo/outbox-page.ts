import type { DocumentRecord, PendingEvent } from './document-record.ts';
import type { Horizon } from './outbox-counter.ts';

/** The part of a record that the relay reads. */
export type PendingRecord = Pick<DocumentRecord, '_id' | 'version' | 'outbox' | 'pendingSeq'>;

/** The last number below which nobody has a save under way. */
export function settledSeq({ seq, open }: Horizon): number {
  return Math.min(seq, ...[...open.values()].map((from) => from - 1));
}

/**
 * What of a page may be published now, in order. A full page ends where documents beyond it may begin.
 * @param page ordered by `pendingSeq`
 */
export function publishable(
  page: readonly PendingRecord[],
  settled: number,
  pageSize: number,
): readonly PendingEvent[] {
  const last = page.length === pageSize ? (page.at(-1)?.pendingSeq ?? settled) : settled;
  return page.flatMap(({ outbox = [] }) => outbox.filter((event) => event.seq <= last)).sort((a, b) => a.seq - b.seq);
}

/** Neighbours that go to the same stream, at most `size` together, so that one publication carries them in order. */
export function publications(events: readonly PendingEvent[], size: number): readonly (readonly PendingEvent[])[] {
  const runs: PendingEvent[][] = [];
  for (const event of events) {
    const run = runs.at(-1);
    if (run && run[0]?.stream === event.stream && run.length < size) run.push(event);
    else runs.push([event]);
  }
  return runs;
}

/**
 * The updates that take published events out of a document. The first holds if it was not saved meanwhile; the second
 * takes out what was published whatever else has come, and leaves `pendingSeq` too low, which the next page corrects.
 */
export function clearing(record: PendingRecord, published: ReadonlySet<number>): readonly object[] {
  const { _id, version, pendingSeq, outbox = [] } = record;
  const rest = outbox.filter(({ seq }) => !published.has(seq));
  const update =
    rest.length > 0
      ? { $set: { outbox: rest, pendingSeq: Math.min(...rest.map(({ seq }) => seq)) } }
      : { $unset: { outbox: true, pendingSeq: true } };
  const gone = outbox.flatMap(({ seq }) => (published.has(seq) ? [seq] : []));
  const whole = { updateOne: { filter: { _id, version, pendingSeq }, update } };
  if (gone.length === 0) return [whole];
  return [whole, { updateOne: { filter: { _id }, update: { $pull: { outbox: { seq: { $in: gone } } } } } }];
}
