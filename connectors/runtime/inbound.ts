import type { SourceSequence } from '../../kernel/model/event-envelope.ts';
import type { EventDefinition } from '../../schema/events/event-definition.ts';

/** One thing that happened, in canonical words. */
export interface InboundFact {
  readonly definition: EventDefinition;
  /** Messages of one key keep their order. Default: what `messageKeyOf` gives. */
  readonly key?: string;
  readonly occurredAtMs: number;
  /** Checked against `definition.data` by the inbox. */
  readonly data: unknown;
}

/** What a message was made of, in the words of its vendor, so that it can be read again. */
export interface Origin {
  /** Which of the vendor's things it is, such as `sale`: bodies of one kind have one schema. */
  readonly kind: string;
  /** JSON data. */
  readonly body: unknown;
}

interface Originated {
  /** Absent: the message is in canonical words already. */
  readonly origin?: Origin;
}

/** One external message that tells one fact. */
export interface InboundMessage extends InboundFact, Originated {
  /** Unique within the source, for ever. */
  readonly eventId: string;
  /** Present when the source numbers what it tells. */
  readonly sequence?: SourceSequence;
}

/**
 * One external message that tells several facts, or none that the hub cares for. They are accepted together or not at
 * all, so the same message with other content cannot slip one of them in. Each is published as `<eventId>:<part>`.
 */
export interface InboundBundle extends Originated {
  readonly eventId: string;
  readonly facts: readonly (InboundFact & { readonly part: string })[];
  /** Present when the source numbers what it tells; a bundle without facts is not seen to have come. */
  readonly sequence?: SourceSequence;
}

/** What an adapter could not put into canonical words; the inbox keeps it until the cause is mended. */
export interface UnreadableMessage extends Originated {
  readonly eventId: string;
  readonly reason: string;
  /** The value that means nothing to the hub yet; present when that is the reason. */
  readonly unmapped?: UnmappedWord;
  readonly raw: unknown;
}

/** A value of an outside system and what kind of value it is, by the name of its mapping set. */
export interface UnmappedWord {
  readonly domain: string;
  readonly value: string;
}

export type Inbound = InboundMessage | InboundBundle | UnreadableMessage;

export interface WebhookRequest {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly query: URLSearchParams;
  readonly rawBody: Buffer;
}

/** The receiving half of a vendor adapter. */
export interface WebhookReceiver {
  /** The system as a source, and the last part of its webhook path. */
  readonly system: string;
  /** The text that the vendor wants echoed before it sends anything; absent: this is no such request. */
  handshake?(request: WebhookRequest): string | undefined;
  /** @throws {Refusal} INVALID_SIGNATURE */
  verify(request: WebhookRequest): void;
  /** May look the vendor's API up when the webhook carries ids only. */
  normalise(request: WebhookRequest): Promise<readonly Inbound[]>;
}
