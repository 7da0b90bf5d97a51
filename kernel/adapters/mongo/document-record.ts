import { Schema } from 'mongoose';

/** An event that waits in its document until it is published. */
export interface PendingEvent {
  /** Its place in the order of the saves of the collection. */
  readonly seq: number;
  readonly stream: string;
  readonly subject: string;
  /** As JSON text, so that it goes out exactly as it was saved. */
  readonly envelope: string;
}

/** What MongoDB keeps of a document: everything that must change together is one record. */
export interface DocumentRecord {
  readonly _id: string;
  readonly version: number;
  /** The document, its member names escaped. */
  readonly body: unknown;
  /** One text per unique index whose paths all have values. */
  readonly keys: Readonly<Record<string, string>>;
  /** The unique indexes that the writer of this version knew. */
  readonly keyed: string;
  /** In the order of the saves; absent when everything is published. */
  readonly outbox?: readonly PendingEvent[];
  /** Not after the first of `outbox`; present exactly as long as there is one. */
  readonly pendingSeq?: number;
}

const ANY = Schema.Types.Mixed;

/** A mistyped path is an error; the content of the body is nobody's business here. */
export function recordSchema(collection: string): Schema<DocumentRecord> {
  return new Schema<DocumentRecord>(
    {
      _id: { type: String, required: true },
      version: { type: Number, required: true },
      body: { type: ANY, required: true },
      keys: { type: ANY, required: true },
      keyed: { type: String },
      outbox: { type: [ANY], default: undefined },
      pendingSeq: { type: Number },
    },
    { collection, versionKey: false, minimize: false, strict: 'throw', strictQuery: false },
  );
}
