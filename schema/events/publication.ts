import type { DataOf, EventDefinition } from './event-definition.ts';
import { partitionOf } from './partition.ts';
import { streamOf, subjectOf } from './subjects.ts';

export interface PublicationInput<Definition extends EventDefinition> {
  /** UUIDv7, or an id derived from the cause, so that a repeat is recognised. */
  readonly id: string;
  /** Messages of one key keep their order. */
  readonly key: string;
  /** The system that told it; for the hub's own events the context. */
  readonly source: {
    readonly system: string;
    readonly eventId: string;
    readonly sequence?: { readonly stream: string; readonly number: number };
  };
  readonly occurredAtMs: number;
  readonly recordedAtMs: number;
  readonly correlationId: string;
  readonly causationId?: string;
  readonly data: DataOf<Definition>;
}

/** An event ready for `Streams.publish` or for the outbox of a document: stream, subject and envelope. */
export function publicationOf<Definition extends EventDefinition>(
  definition: Definition,
  input: PublicationInput<Definition>,
) {
  return {
    stream: streamOf(definition.context),
    subject: subjectOf(definition, partitionOf(input.key)),
    envelope: {
      id: input.id,
      type: definition.type,
      version: definition.version,
      source: input.source,
      key: input.key,
      occurredAt: new Date(input.occurredAtMs).toISOString(),
      recordedAt: new Date(input.recordedAtMs).toISOString(),
      correlationId: input.correlationId,
      ...(input.causationId !== undefined && { causationId: input.causationId }),
      data: input.data as unknown,
    },
  };
}
