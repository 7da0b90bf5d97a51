import { headers, type MsgHdrs } from '@nats-io/transport-node';
import { crc32 } from 'node:zlib';

/** One batch as a message: its body is `JSON.stringify(events)`, all else stands in headers. */
export interface JournalRecord {
  readonly seq: number;
  /** The last message of the stream when this one was written; it counts only when it stands right behind. */
  readonly expectedLast: number;
  readonly batchId: string;
  readonly recordedAtMs: number;
  /** CRC-32 over all of the batch, started with the checksum of the batch before. */
  readonly checksum: number;
}

const NAMES = {
  seq: 'Stockwire-Seq',
  expectedLast: 'Stockwire-Expected-Last',
  batchId: 'Stockwire-Batch-Id',
  recordedAtMs: 'Stockwire-Recorded-At',
  checksum: 'Stockwire-Checksum',
} as const;

export function checksumOf(
  batch: Pick<JournalRecord, 'seq' | 'batchId' | 'recordedAtMs'>,
  body: Uint8Array,
  previous: number,
): number {
  return crc32(body, crc32(`${batch.seq} ${batch.batchId} ${batch.recordedAtMs} `, previous));
}

export function toHeaders(record: JournalRecord): MsgHdrs {
  const written = headers();
  for (const [field, name] of Object.entries(NAMES)) written.set(name, String(record[field as keyof JournalRecord]));
  return written;
}

/** @returns nothing when these are not the headers of a batch */
export function parseRecord(read: MsgHdrs | undefined): JournalRecord | undefined {
  if (!read?.has(NAMES.seq)) return undefined;
  const number = (name: string): number => Number(read.get(name));
  return {
    seq: number(NAMES.seq),
    expectedLast: number(NAMES.expectedLast),
    batchId: read.get(NAMES.batchId),
    recordedAtMs: number(NAMES.recordedAtMs),
    checksum: number(NAMES.checksum),
  };
}

/**
 * The rule of who has won, the same for writers and readers: a batch is part of the log only when it stands right behind the
 * message that it expected to be the last. Replicated streams of old servers accept several messages with one expectation.
 */
export function isInPlace(place: number, expectedLast: number): boolean {
  return place === expectedLast + 1;
}
