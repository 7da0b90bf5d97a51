import type { JsMsg, StoredMsg } from '@nats-io/jetstream';
import { createHash } from 'node:crypto';
import { parseRecord, type JournalRecord } from './journal-record.ts';

/** A message of a log and its place, wherever the log is kept. */
export interface LogEntry {
  readonly seq: number;
  readonly id: string;
  readonly subject: string;
  readonly body: Uint8Array;
  /** Of a journal. */
  readonly record?: JournalRecord;
}

export function toLogEntry(stored: JsMsg | StoredMsg): LogEntry {
  const headers = 'headers' in stored ? stored.headers : stored.header;
  const record = parseRecord(headers);
  const { seq, subject, data } = stored;
  return { seq, id: headers?.get('Nats-Msg-Id') ?? '', subject, body: data, ...(record && { record }) };
}

/** Everything about a message but its content, in one line. */
export function headOf({ seq, id, subject, body, record }: LogEntry): string {
  const { batchId, recordedAtMs, checksum } = record ?? {};
  return JSON.stringify([seq, id, subject, body.length, batchId, recordedAtMs, checksum]);
}

/** SHA-256 over all of a log. */
export class LogDigest {
  readonly #hash = createHash('sha256');

  add(entry: LogEntry): void {
    this.#hash.update(headOf(entry)).update(entry.body);
  }

  end(): string {
    return this.#hash.digest('hex');
  }
}
