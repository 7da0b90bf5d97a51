import type { EventDefinition } from '../../schema/events/event-definition.ts';

/** One external message in canonical words, ready for the inbox. */
export interface InboundMessage {
  /** Unique within the source, for ever. */
  readonly eventId: string;
  readonly definition: EventDefinition;
  /** Messages of one key keep their order. */
  readonly key: string;
  readonly occurredAtMs: number;
  /** Checked against `definition.data` by the inbox. */
  readonly data: unknown;
}

/** What an adapter could not put into canonical words; the inbox keeps it until the cause is mended. */
export interface UnreadableMessage {
  readonly eventId: string;
  readonly reason: string;
  readonly raw: unknown;
}

export interface WebhookRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly rawBody: Buffer;
}

/** The receiving half of a vendor adapter. */
export interface WebhookReceiver {
  /** The system as a source, and the last part of its webhook path. */
  readonly system: string;
  /** @throws {Refusal} INVALID_SIGNATURE */
  verify(request: WebhookRequest): void;
  /** May look the vendor's API up when the webhook carries ids only. */
  normalise(request: WebhookRequest): Promise<readonly (InboundMessage | UnreadableMessage)[]>;
}
