/** Where a fact comes from. The pair is its identity: each consumer applies it once. */
export interface EventSource {
  /** The system that told it, such as `wms-north`, or a context of the hub. */
  readonly system: string;
  /** Unique within the system, for ever. */
  readonly eventId: string;
  /** Present when the system numbers what it tells. */
  readonly sequence?: SourceSequence;
}

/** The place of a message among those that its system numbers one by one. */
export interface SourceSequence {
  /** What is numbered together, such as a till. */
  readonly stream: string;
  /** One more than that of the message before. */
  readonly number: number;
}

/**
 * What travels on a durable stream. `data` fits the JSON Schema that `schema/events` registers for (type, version).
 * Delivered at least once, in order per key.
 */
export interface EventEnvelope<Type extends string = string, Data = unknown> {
  /** UUIDv7; the message id of the stream. */
  readonly id: string;
  readonly type: Type;
  readonly version: number;
  readonly source: EventSource;
  /** Messages of one key keep their order. */
  readonly key: string;
  /** When it happened, UTC, ISO 8601 with milliseconds. */
  readonly occurredAt: string;
  /** When the hub made it durable, same form. */
  readonly recordedAt: string;
  /** Shared by all that one cause set off. */
  readonly correlationId: string;
  /** The id of the event or command that caused this one. */
  readonly causationId?: string;
  readonly data: Data;
}
