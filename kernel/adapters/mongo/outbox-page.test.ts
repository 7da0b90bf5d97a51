import { describe, expect, test } from '@jest/globals';
import type { PendingEvent } from './document-record.ts';
import { clearing, publications, publishable, settledSeq, type PendingRecord } from './outbox-page.ts';

const event = (seq: number, stream = 'A'): PendingEvent => ({ seq, stream, subject: 's', envelope: '{}' });
const record = (id: string, ...seqs: number[]): PendingRecord => ({
  _id: id,
  version: 1,
  outbox: seqs.map((seq) => event(seq)),
  pendingSeq: seqs[0] ?? 0,
});
const seqs = (events: readonly PendingEvent[]): number[] => events.map(({ seq }) => seq);

describe('the horizon', () => {
  test('is the last number that was given out when nobody saves', () => {
    expect(settledSeq({ seq: 7, open: new Map() })).toBe(7);
  });

  test('ends before the first writer that has saves under way', () => {
    const open = new Map([
      ['a', 5],
      ['b', 3],
    ]);
    expect(settledSeq({ seq: 7, open })).toBe(2);
  });
});

describe('a page', () => {
  test('is published in the order of the numbers, whichever document holds them', () => {
    expect(seqs(publishable([record('a', 1, 4), record('b', 2, 3)], 9, 10))).toEqual([1, 2, 3, 4]);
  });

  test('ends at the horizon', () => {
    expect(seqs(publishable([record('a', 1, 4), record('b', 2)], 3, 10))).toEqual([1, 2]);
  });

  test('that is full ends where documents beyond it may begin', () => {
    expect(seqs(publishable([record('a', 1, 9), record('b', 2, 3)], 9, 2))).toEqual([1, 2]);
  });

  test('goes out as few publications, each to one stream and within the bound', () => {
    const events = [event(1), event(2), event(3), event(4, 'B'), event(5)];
    expect(publications(events, 2).map(seqs)).toEqual([[1, 2], [3], [4], [5]]);
  });
});

describe('clearing', () => {
  test('removes the outbox of a document of which everything is published', () => {
    const [whole] = clearing(record('a', 1, 2), new Set([1, 2]));
    expect(whole).toEqual({
      updateOne: {
        filter: { _id: 'a', version: 1, pendingSeq: 1 },
        update: { $unset: { outbox: true, pendingSeq: true } },
      },
    });
  });

  test('keeps what is not published, and says where it begins', () => {
    const [whole] = clearing(record('a', 1, 5), new Set([1]));
    expect(whole).toMatchObject({ updateOne: { update: { $set: { outbox: [{ seq: 5 }], pendingSeq: 5 } } } });
  });

  test('takes out by number, so that what was pushed late under a lower one stays', () => {
    const [, gone] = clearing(record('a', 3, 5), new Set([3, 5]));
    expect(gone).toEqual({
      updateOne: { filter: { _id: 'a' }, update: { $pull: { outbox: { seq: { $in: [3, 5] } } } } },
    });
  });
});
